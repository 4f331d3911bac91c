package dev.parley.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir private Path folder;

  @Test
  void aFileIsRead() throws IOException {
    Path path = write("a.safetensors", SafetensorsBytes.ofOne("w"));

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.names()).containsExactly("w");
      assertThat(file.tensor("w").shape()).containsExactly(2, 2);
      assertThat(floats(file.tensor("w"))).containsExactly(0, 1, 2, 3);
    }
  }

  @Test
  void halfFloatsScalarsAndEmptyTensorsAreRead() throws IOException {
    Path path =
        write(
            "a.safetensors",
            """
            {"__metadata__":{"format":"pt"},
             "half":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
             "brain":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},
             "scalar":{"dtype":"F32","shape":[],"data_offsets":[8,12]},
             "empty":{"dtype":"F32","shape":[3,0],"data_offsets":[12,12]}}   \
            """,
            12);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.names()).containsExactly("half", "brain", "scalar", "empty");
      assertThat(floats(file.tensor("brain"))).containsExactly(0, 1); // the upper half of 1.0
      assertThat(floats(file.tensor("scalar"))).containsExactly(2);
      assertThat(floats(file.tensor("empty"))).isEmpty();
    }
  }

  @Test
  void tensorsThatAreNoWeightsAreLeftOut() throws IOException {
    Path path =
        write(
            "a.safetensors",
            """
            {"ids":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},
             "w":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}\
            """,
            12);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.names()).containsExactly("w");
    }
  }

  @Test
  void aDirectoryIsReadByItsOnlyFile() throws IOException {
    write("model.safetensors", SafetensorsBytes.ofOne("w"));

    try (SafetensorsFile file = SafetensorsFile.open(folder)) {
      assertThat(file.names()).containsExactly("w");
    }
  }

  @Test
  void aDirectoryIsReadByItsIndex() throws IOException {
    write("model-1-of-2.safetensors", SafetensorsBytes.ofOne("a"));
    write("model-2-of-2.safetensors", SafetensorsBytes.ofOne("b"));
    index("{\"b\":\"model-2-of-2.safetensors\",\"a\":\"model-1-of-2.safetensors\"}");

    try (SafetensorsFile file = SafetensorsFile.open(folder)) {
      assertThat(file.names()).containsExactly("b", "a");
      assertThat(floats(file.tensor("a"))).containsExactly(0, 1, 2, 3);
    }
  }

  @Test
  void aShardMayBeALinkAsInTheCacheOfTheHub(@TempDir Path blobs) throws IOException {
    Path blob = Files.write(blobs.resolve("0123abcd"), SafetensorsBytes.ofOne("a"));
    Files.createSymbolicLink(folder.resolve("a.safetensors"), blob);
    index("{\"a\":\"a.safetensors\"}");

    try (SafetensorsFile file = SafetensorsFile.open(folder)) {
      assertThat(file.names()).containsExactly("a");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.safetensors",
        "/etc/a.safetensors",
        "sub/a.safetensors",
        "..\\\\a.safetensors",
        "C:a.safetensors",
        "a\\u0000.safetensors",
        "..",
        ""
      })
  void aShardOutsideTheDirectoryIsRefused(String name) throws IOException {
    index("{\"a\":\"" + name + "\"}");

    assertRefused("weight_map: expected names of .safetensors files beside it");
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    index("{\"a\":\"a.safetensors\"}");

    assertRefused("weight_map: expected the file a.safetensors beside it, found none");
  }

  @Test
  void aShardWithoutItsTensorIsNamed() throws IOException {
    write("a.safetensors", SafetensorsBytes.ofOne("b"));
    index("{\"a\":\"a.safetensors\"}");

    assertRefused("weight_map: expected tensor a in a.safetensors, found none of this name");
  }

  @Test
  void aTensorTwiceInTheIndexIsRefused() throws IOException {
    write("a.safetensors", SafetensorsBytes.ofOne("a"));
    index("{\"a\":\"a.safetensors\",\"a\":\"a.safetensors\"}");

    assertRefused("index: expected JSON, found a fault (Duplicate field 'a')");
  }

  @Test
  void anIndexWithoutItsMapIsRefused() throws IOException {
    Files.writeString(folder.resolve(INDEX), "{}");

    assertRefused("weight_map: expected an object of tensor and shard names, found none");
  }

  @Test
  void aDirectoryWithoutAModelIsRefused() {
    assertThatThrownBy(() -> SafetensorsFile.open(folder).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith("expected model.safetensors or " + INDEX + ", found neither");
  }

  private void assertRefused(String problem) {
    assertThatThrownBy(() -> SafetensorsFile.open(folder).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(INDEX + ": " + problem);
  }

  private void index(String map) throws IOException {
    Files.writeString(folder.resolve(INDEX), "{\"weight_map\":" + map + "}");
  }

  private Path write(String name, String header, int dataBytes) throws IOException {
    return write(name, SafetensorsBytes.file(header, dataBytes));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.elements()];
    tensor.readFloats(FloatBuffer.wrap(values));
    return values;
  }
}
