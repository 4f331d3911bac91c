package dev.parley.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.Goldens;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {
  @TempDir private Path folder;

  @Test
  void tensorsComeInTheOrderOfTheFileWithTheOutermostDimensionFirst() throws IOException {
    byte[] bytes =
        new GgufBytes()
            .tensor("z", new long[] {2, 3}, 1, 2, 3, 4, 5, 6)
            .tensor("a", new long[] {1}, 7)
            .toBytes();

    try (GgufFile file = open(bytes)) {
      assertThat(file.names()).containsExactly("z", "a");
      assertThat(file.tensor("z").shape()).containsExactly(2, 3);
      assertThat(floats(file.tensor("z"))).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(floats(file.tensor("a"))).containsExactly(7);
    }
  }

  @Test
  void aWholeModelIsReadAsItsTwinIn32Bits() throws IOException {
    try (GgufFile exact = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"));
        GgufFile rounded = GgufFile.open(Goldens.path("tiny/llama-tied.Q8_0.gguf"))) {
      assertThat(rounded.names()).isEqualTo(exact.names());
      for (String name : exact.names()) {
        Tensor tensor = rounded.tensor(name);

        assertThat(tensor.shape()).isEqualTo(exact.tensor(name).shape());
        assertThat(floats(tensor))
            .usingComparatorWithPrecision(0.01f)
            .containsExactly(floats(exact.tensor(name)));
      }
    }
  }

  @Test
  void aMissingTensorIsNamedWithItsFile() throws IOException {
    try (GgufFile file = open(new GgufBytes().toBytes())) {
      assertThat(file.find("output.weight")).isEmpty();
      assertThatThrownBy(() -> file.tensor("output.weight"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(
              "small.gguf: tensor output.weight: expected a tensor of this name, found none");
    }
  }

  @Test
  void bytesAfterTheLastTensorAreAllowed() throws IOException {
    byte[] bytes = new GgufBytes().tensor("t", new long[] {1}, 1).toBytes();

    try (GgufFile file = open(Arrays.copyOf(bytes, bytes.length + 100))) {
      assertThat(file.names()).containsExactly("t");
    }
  }

  @Test
  void aTypeThatCannotBeReadIsRefusedByName() {
    byte[] bytes = new GgufBytes().tensor("t", 29, new long[] {256}, new byte[56]).toBytes();

    assertThatThrownBy(() -> open(bytes).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("tensor t: expected a type of [F32, ")
        .hasMessageEndingWith("found type 29");
  }

  @Test
  void aTextFromTheFileCannotBreakTheSentence() {
    String name = "line\nbreak" + "x".repeat(10_000);
    byte[] bytes = new GgufBytes().tensor(name, 99, new long[] {1}, new byte[4]).toBytes();

    assertThatThrownBy(() -> open(bytes).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("small.gguf: tensor line?breakxxx")
        .message()
        .hasSizeLessThan(600);
  }

  @Test
  void aMissingFileIsNoFaultOfAFormat() {
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("none.gguf")).close())
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void readingAfterClosingIsRefused() throws IOException {
    GgufFile file = open(new GgufBytes().tensor("t", new long[] {1}, 1).toBytes());
    Tensor tensor = file.tensor("t");

    file.close();
    file.close();

    assertThatThrownBy(() -> floats(tensor)).isInstanceOf(IllegalStateException.class);
  }

  private GgufFile open(byte[] bytes) throws IOException {
    return GgufFile.open(Files.write(folder.resolve("small.gguf"), bytes));
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.elements()];
    tensor.readFloats(FloatBuffer.wrap(values));
    return values;
  }
}
