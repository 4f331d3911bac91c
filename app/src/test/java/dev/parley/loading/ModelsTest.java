package dev.parley.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.Configuration.Answer;
import dev.parley.configuration.ConfigurationReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied.F32.gguf");

  @TempDir private Path folder;

  /** The engine's thread lives as long as the model. */
  @Test
  void whatFailsAfterTheModelIsLoadedClosesIt() throws Exception {
    Models models = new Models(withTemperature(-1), new PrintStream(new ByteArrayOutputStream()));

    assertThatThrownBy(() -> models.load(new ModelChoice.Own(TINY)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("engine");
  }

  private Configuration withTemperature(double temperature) throws Exception {
    Configuration read = ConfigurationReport.read(Map.of(), folder, folder).configuration();
    return new Configuration(
        read.folder(),
        read.home(),
        read.name(),
        read.systemPrompt(),
        read.model(),
        read.telegram(),
        read.discord(),
        read.server(),
        new Answer(100, Optional.of(temperature)),
        read.queue(),
        read.conversationIdle(),
        read.personas(),
        read.settings(),
        read.log(),
        read.secrets());
  }
}
