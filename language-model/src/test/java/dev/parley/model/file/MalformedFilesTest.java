package dev.parley.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.parley.model.Goldens;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files from strangers: each fault is one sentence that names the file. */
class MalformedFilesTest {
  /** Well-formed files, of which no model can be made. */
  private static final Set<String> NO_MODEL = Set.of("arch-unknown.gguf", "missing-tensors.gguf");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Goldens.path("malformed"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aMalformedFileIsOneSentence(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".safetensors")) {
      assertRefused(name, () -> SafetensorsFile.open(file).close());
    } else if (NO_MODEL.contains(name)) {
      assertRefused(name, () -> load(file));
    } else {
      assertRefused(name, () -> GgufFile.open(file).close());
    }
  }

  /**
   * What opening allocates on the heap grows with the bytes that are there, not with the numbers in
   * them, which say up to 2^61. The file itself is mapped.
   */
  @ParameterizedTest
  @MethodSource("files")
  void aMalformedFileAllocatesNoMoreThanItsSizeAllows(Path file) throws IOException {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    open(file); // loads the classes

    long before = memory.getCurrentThreadAllocatedBytes();
    open(file);
    long allocated = memory.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(256 * 1024 + 16 * Files.size(file));
  }

  private static void open(Path file) throws IOException {
    try {
      TensorFile opened =
          file.toString().endsWith(".gguf") ? GgufFile.open(file) : SafetensorsFile.open(file);
      opened.close();
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageContaining("expected");
    }
  }

  /** Whole files with one number that contradicts the tensors. */
  @ParameterizedTest
  @CsvSource({
    "block_count, 214, ffffff7f",
    "head_count, 297, 00",
    "vocab_size, 506, ff01",
    "embedding_length, 181, 80"
  })
  void aNumberThatContradictsTheTensorsIsOneSentence(
      String field, int offset, String bytes, @TempDir Path folder) throws IOException {
    byte[] whole = Goldens.bytes("tiny/llama-tied.Q8_0.gguf");
    byte[] patch = HexFormat.of().parseHex(bytes);
    System.arraycopy(patch, 0, whole, offset, patch.length);
    Path file = Files.write(folder.resolve(field + ".gguf"), whole);

    assertRefused(field + ".gguf", () -> load(file));
  }

  @Test
  void weightsThatAreNoNumbersAreNoFaultOfTheFile(@TempDir Path folder) throws IOException {
    byte[] whole = Goldens.bytes("tiny/llama-tied.Q8_0.gguf");
    byte[] nan = HexFormat.of().parseHex("ff7f".repeat(32));
    System.arraycopy(nan, 0, whole, whole.length - nan.length, nan.length);

    try (GgufFile file = GgufFile.open(Files.write(folder.resolve("nan.gguf"), whole))) {
      assertThat(file.names()).hasSize(29);
    }
  }

  private static void load(Path file) throws IOException {
    LocalModel.load(file, LocalModelOptions.DEFAULT).close();
  }

  private static void assertRefused(String name, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(ModelFormatException.class)
        .message()
        .startsWith(name + ": ")
        .contains("expected ")
        .doesNotContain("\n")
        .hasSizeLessThan(600);
  }
}
