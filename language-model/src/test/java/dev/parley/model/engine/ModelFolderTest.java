package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import dev.parley.model.Goldens;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model as transformers writes it, beside the same one in GGUF. */
class ModelFolderTest {
  private static final LocalModelOptions EXACT =
      LocalModelOptions.DEFAULT.withWeights(Weights.FP32).withSlots(1, 256);

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (String name : List.of("model.safetensors", "config.json", "tokenizer.json")) {
      Files.copy(Goldens.path("tiny/llama-tied/" + name), folder.resolve(name));
    }
  }

  @Test
  void aFolderWritesWhatItsGgufTwinWrites() throws IOException {
    try (LocalModel gguf = LocalModel.load(Goldens.path("tiny/llama-tied.F32.gguf"), EXACT);
        LocalModel ofFolder = LocalModel.load(folder, EXACT);
        LocalModel ofFile = LocalModel.load(folder.resolve("model.safetensors"), EXACT)) {
      String expected = gguf.generate("The tides rise", 30, 0);

      assertThat(expected).isNotEmpty();
      assertThat(ofFolder.generate("The tides rise", 30, 0)).isEqualTo(expected);
      assertThat(ofFile.generate("The tides rise", 30, 0)).isEqualTo(expected);
    }
  }

  @Test
  void theTemplateIsTheFoldersOwn() throws IOException {
    write(
        "tokenizer_config.json",
        "{\"bos_token\": {\"content\": \"<s>\"}, \"chat_template\": \"{{ bos_token }}\"}");
    assertThat(promptTokens("any question")).isEqualTo(1);

    write(
        "tokenizer_config.json",
        "{\"bos_token\": \"<s>\", \"chat_template\": [{\"name\": \"default\", \"template\": \"{{"
            + " bos_token }}{{ bos_token }}\"}]}");
    assertThat(promptTokens("any question")).isEqualTo(2);

    write("chat_template.jinja", "{{ bos_token }}{{ bos_token }}{{ bos_token }}");
    assertThat(promptTokens("any question")).isEqualTo(3);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));

    assertRefused("tokenizer.json: expected this file in the folder, found none");
  }

  @Test
  void aFamilyThatIsNotRunIsNamed() throws IOException {
    write("config.json", "{\"model_type\": \"mamba\"}");

    assertRefused(
        "config.json: model_type: expected llama, the family this version runs, found mamba");
  }

  @Test
  void weightsOfAnotherShapeAreNamed() throws IOException {
    String config = Files.readString(folder.resolve("config.json"));
    write("config.json", config.replace("\"intermediate_size\": 128", "\"intermediate_size\": 96"));

    assertRefused(
        "tensor model.layers.0.mlp.gate_proj.weight: expected the shape [96, 64], found [128, 64]");
  }

  @Test
  void moreTokensThanTheWeightsHaveAreRefused() throws IOException {
    String tokenizer = Files.readString(folder.resolve("tokenizer.json"));
    write("tokenizer.json", tokenizer.replace("\"~\": 129", "\"~\": 129, \"zzz\": 600"));

    assertRefused("vocabulary: expected at most 512 tokens as the weights have, found 601");
  }

  private int promptTokens(String question) throws IOException {
    try (LocalModel model = LocalModel.load(folder, EXACT)) {
      return model.countTokens(List.of(ChatMessage.user(question)));
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> LocalModel.load(folder, EXACT).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }
}
