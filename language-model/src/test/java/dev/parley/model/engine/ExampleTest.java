package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.Goldens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExampleTest {
  /** As its head says: Java compiles the file and runs it. */
  @Test
  void theExampleRuns() throws IOException, InterruptedException {
    Process example =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "../examples/Chat.java",
                Goldens.path("tiny/llama-tied.F32.gguf").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(example.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(example.waitFor()).as(output).isZero();
    assertThat(output).contains("Once upon a time");
  }
}
