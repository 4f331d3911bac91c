package dev.parley.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.Goldens;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What gguf's own Python reader finds in the default model's file. */
@Tag("default-model")
class DefaultModelFileTest {
  private static final JsonNode GOLDEN = Goldens.json("smollm2/metadata.json");

  @Test
  void everyTensorHasItsTypeShapeAndPlace() throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.defaultModel())) {
      JsonNode tensors = GOLDEN.get("tensors");
      assertThat(file.names()).containsExactlyElementsOf(tensors.findValuesAsText("name"));
      for (JsonNode golden : tensors) {
        Tensor tensor = file.tensor(golden.get("name").asText());
        assertThat(tensor.type()).hasToString(golden.get("type").asText());
        assertThat(reversed(tensor.shape()))
            .containsExactly(Goldens.ints(golden.get("ggml_shape")));
        assertThat(tensor.bytes().remaining()).isEqualTo(golden.get("bytes").asInt());
      }
    }
  }

  @Test
  void everyKeyHasItsValue() throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.defaultModel())) {
      Metadata metadata = file.metadata();
      for (JsonNode golden : GOLDEN.get("metadata")) {
        String key = golden.get("key").asText();
        if (key.startsWith("GGUF.")) {
          continue; // of the header, not a key
        }
        JsonNode value = golden.path("value");
        switch (golden.get("types").get(0).asText()) {
          case "STRING" -> assertThat(metadata.requireString(key)).isEqualTo(value.asText());
          case "BOOL" -> assertThat(metadata.requireBool(key)).isEqualTo(value.asBoolean());
          case "UINT32" -> assertThat(metadata.requireInteger(key)).isEqualTo(value.asLong());
          case "FLOAT32" -> assertThat(metadata.requireNumber(key)).isEqualTo(value.asDouble());
          default -> {} // lists, which the tests of the vocabulary see whole
        }
      }
    }
  }

  private static int[] reversed(long[] shape) {
    int[] reversed = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      reversed[i] = (int) shape[shape.length - 1 - i];
    }
    return reversed;
  }
}
