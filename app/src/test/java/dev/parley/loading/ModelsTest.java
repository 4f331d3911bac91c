package dev.parley.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.Configuration.Answer;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.catalogue.CatalogueEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    assertThatThrownBy(() -> models.load(new ModelChoice.Own(TINY, Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("engine");
  }

  @Test
  void aFileOfAListedModelIsUsedAsTheCatalogueSays() throws Exception {
    Path file = Files.copy(TINY, folder.resolve("SmolLM2-135M-Instruct.F32.gguf"));
    Models models = withHome(folder);
    CatalogueEntry listed = models.choices().catalogue().find("smollm2-135m-instruct").get();

    try (Loaded loaded = models.load(models.choices().named(file.toString()))) {
      assertThat(loaded.brief()).isTrue();
      assertThat(loaded.sampling()).isEqualTo(listed.sampling());
    }
    try (Loaded other = models.load(models.choices().named(TINY.toString()))) {
      assertThat(other.brief()).isFalse();
      assertThat(other.sampling().temperature()).isEqualTo(0.7);
    }
  }

  @Test
  void whereLibrariesCannotBeUnpackedTheDataFolderIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Models models = withHome(file);

    assertThatThrownBy(() -> models.load(new ModelChoice.Own(TINY, Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The folder %s cannot be made: check who owns %s and that its disk has room, or choose"
                + " another with PARLEY_HOME.",
            file.resolve("cache"), file);
  }

  @Test
  void theFallbackAnswersWhileNoServerDoes() throws Exception {
    Models models =
        new Models(
            ConfigurationReport.read(twoServersAndAFallback(), Path.of(".."), Path.of(""))
                .configuration(),
            new PrintStream(new ByteArrayOutputStream()));

    try (Loaded loaded = models.load()) {
      assertThat(loaded.runsOn()).isEqualTo("2 servers");
      assertThat(loaded.model().info().contextLength()).isEqualTo(256);
      GenerationResult result =
          loaded
              .model()
              .generate(
                  List.of(ChatMessage.user("Why are there tides?")),
                  GenerationOptions.of(5, SamplingOptions.GREEDY).withIgnoreEnd(),
                  TextListener.NONE)
              .result()
              .join();
      assertThat(result.generatedTokens()).isEqualTo(5);
    }
  }

  @Test
  void whatAnEarlierModelKeptOfConversationsIsDeletedWhereServersAnswer() throws Exception {
    Configuration configuration =
        ConfigurationReport.read(twoServersAndAFallback(), Path.of(".."), Path.of(""))
            .configuration();
    Path idle = Files.createDirectories(configuration.idleFolder());
    Path kept = Files.createFile(idle.resolve("0.kv"));
    Path other = Files.createFile(idle.resolve("note.txt"));
    Models models = new Models(configuration, new PrintStream(new ByteArrayOutputStream()));

    try (Loaded _ = models.load()) {
      assertThat(kept).doesNotExist();
      assertThat(other).exists();
    }
  }

  private Map<String, String> twoServersAndAFallback() {
    String nobody = "http://127.0.0.1:1/v1"; // nothing may listen there
    return Map.of(
        "PARLEY_HOME",
        folder.toString(),
        "PARLEY_MODEL_URL",
        nobody + ",http://127.0.0.1:1/other/v1",
        "PARLEY_MODEL_FALLBACK",
        TINY.toString(),
        "PARLEY_MODEL_CONTEXT",
        "256");
  }

  @Test
  void aFallbackThatIsNotThereIsSaidAtTheStart() throws Exception {
    Map<String, String> environment =
        Map.of("PARLEY_MODEL_URL", "http://127.0.0.1:1/v1", "PARLEY_MODEL_FALLBACK", "./no.gguf");
    Models models =
        new Models(
            ConfigurationReport.read(environment, Path.of(".."), folder).configuration(),
            new PrintStream(new ByteArrayOutputStream()));

    assertThatThrownBy(models::load).hasMessageContaining("no.gguf");
  }

  private Configuration withTemperature(double temperature) throws Exception {
    Configuration read = ConfigurationReport.read(Map.of(), folder, folder).configuration();
    return new Configuration(
        read.folder(),
        read.home(),
        read.name(),
        read.systemPrompt(),
        read.operators(),
        read.access(),
        read.model(),
        read.bestOf(),
        read.telegram(),
        read.discord(),
        read.server(),
        read.moderation(),
        read.watch(),
        read.backup(),
        new Answer(100, Optional.of(temperature)),
        read.queue(),
        read.conversationIdle(),
        read.personas(),
        read.settings(),
        read.log(),
        read.secrets());
  }

  private static Models withHome(Path home) throws Exception {
    return new Models(
        ConfigurationReport.read(Map.of("PARLEY_HOME", home.toString()), Path.of(".."), Path.of(""))
            .configuration(),
        new PrintStream(new ByteArrayOutputStream()));
  }
}
