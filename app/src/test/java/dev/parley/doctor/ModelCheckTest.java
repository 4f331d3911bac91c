package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.loading.Models;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied.F32.gguf");

  @TempDir private Path folder;

  /** In a process of its own: libtorch starts once in each. */
  @Test
  void libtorchThatCannotStartIsOneLineThatSaysWhatToDo() throws Exception {
    Path output = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dstdout.encoding=UTF-8",
            "-Dparley.folder=" + Path.of("..").toAbsolutePath().normalize(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.parley.launcher.Parley",
            "doctor");
    builder.environment().put("PARLEY_HOME", folder.resolve("home").toString());
    builder.environment().put("PARLEY_MODEL", TINY.toAbsolutePath().toString());
    builder.environment().put("PYTORCH_LIBRARY_PATH", brokenLibrary().toString());
    builder.redirectOutput(output.toFile()).redirectError(folder.resolve("err").toFile());

    int status = builder.start().waitFor();

    assertThat(Files.readString(output, StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.matches("✗ model: libtorch cannot be started .*PYTORCH_.*"))
        .last()
        .asString()
        .startsWith("1 problem");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void eachServerIsAskedAndTheFallbackIsLookedFor() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().body("{\"data\":[{\"id\":\"tiny\"}]}").build());
      String url = "http://127.0.0.1:" + server.getPort() + "/v1";
      Map<String, String> environment =
          Map.of(
              "PARLEY_HOME",
              folder.toString(),
              "PARLEY_MODEL_URL",
              url + ", http://127.0.0.1:1/v1", // nothing may listen there
              "PARLEY_MODEL_FALLBACK",
              TINY.toString());

      List<Diagnosis> found = check(environment).examine(false);

      assertThat(found)
          .extracting(Diagnosis::toString)
          .satisfiesExactly(
              one -> assertThat(one).matches("✓ model tiny .* answers at " + url + " in .*"),
              two -> assertThat(two).matches("✗ model: .*127.0.0.1:1/v1.*refused.*"),
              three -> assertThat(three).matches("✓ model .*llama-tied.* no server answers"),
              four -> assertThat(four).matches("✓ memory for the model: \\d+ MB, .*"));
    }
  }

  /** Whose memory is taken, so that a second model need not fit. */
  @Test
  void besideAParleyThatRunsTheModelIsNeitherMeasuredNorLoaded() throws Exception {
    Map<String, String> environment =
        Map.of("PARLEY_HOME", folder.toString(), "PARLEY_MODEL", TINY.toString());

    assertThat(check(environment).examine(true))
        .extracting(Diagnosis::toString)
        .containsExactly("✓ model not loaded a second time beside the Parley that runs");
  }

  private static ModelCheck check(Map<String, String> environment) throws Exception {
    Configuration configuration =
        ConfigurationReport.read(environment, Path.of(".."), Path.of("")).configuration();
    return new ModelCheck(
        configuration, new Models(configuration, new PrintStream(OutputStream.nullOutputStream())));
  }

  private Path brokenLibrary() throws Exception {
    Path library = Files.createDirectories(folder.resolve("libtorch"));
    for (String name : new String[] {"libc10.so", "libtorch_cpu.so", "libtorch.so"}) {
      Files.writeString(library.resolve(name), "no library");
    }
    return library;
  }
}
