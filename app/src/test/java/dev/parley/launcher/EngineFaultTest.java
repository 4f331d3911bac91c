package dev.parley.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.core.Assembly;
import dev.parley.language.Texts;
import dev.parley.learning.VersionedModel;
import dev.parley.loading.Models;
import dev.parley.loading.VersionLoader;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.EngineFaults;
import dev.parley.storage.Database;
import dev.parley.terminal.PipedChat;
import dev.parley.terminal.TerminalPlatform;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an engine that fails to a person who reads the whole answer, with a real model. */
class EngineFaultTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied.F32.gguf");

  @TempDir private Path folder;

  @Test
  void whoAsksABrokenEngineIsAnsweredByAFreshOne() throws Exception {
    assertThat(answer("broken", EngineFaults::breakEngine))
        .isNotBlank()
        .isEqualTo(answer("sound", model -> {}));
  }

  @Test
  void whoAsksAnEngineThatStaysInAStepIsAnsweredByAFreshOne() throws Exception {
    Runnable[] end = {() -> {}};
    try {
      assertThat(answer("stuck", model -> end[0] = EngineFaults.stickAndGiveUp(model)))
          .isEqualTo(answer("sound", model -> {}));
    } finally {
      end[0].run();
    }
  }

  /** What stands in the terminal after one question. */
  private String answer(String home, Consumer<LanguageModel> before) throws Exception {
    Configuration configuration = configuration(folder.resolve(home));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, UTF_8);
    PrintStream err = new PrintStream(errors, true, UTF_8);
    TerminalPlatform platform = TerminalPlatform.piped(out, err, Locale.ENGLISH);
    VersionLoader loader = VersionLoader.of(new Models(configuration, err), configuration);
    try (Database database = Database.open(configuration.databaseFile());
        VersionedModel model = Wiring.open(database, loader);
        Assembly assembly =
            Wiring.assemble(
                configuration,
                database,
                model,
                loader,
                SamplingOptions.GREEDY,
                List.of(platform))) {
      PipedChat chat =
          new PipedChat(
              platform,
              assembly.core(),
              assembly.commands().definitions(),
              Texts.of(Locale.ENGLISH),
              out,
              err);
      before.accept(loader.first().model());
      assertThat(chat.answer("Why tides?")).as("%s", errors.toString(UTF_8)).isTrue();
    }
    return written.toString(UTF_8);
  }

  /** The model goes by the name of one that reads a short system prompt only: it has no room. */
  private static Configuration configuration(Path home) throws Exception {
    Path model =
        Files.copy(TINY, Files.createDirectories(home).resolve("SmolLM2-135M-Instruct.F32.gguf"));
    Map<String, String> environment =
        Map.of(
            "PARLEY_HOME",
            home.toString(),
            "PARLEY_MODEL",
            model.toString(),
            "PARLEY_MODEL_PROCESSOR",
            "cpu",
            "PARLEY_ANSWER_MAX_TOKENS",
            "20");
    return ConfigurationReport.read(environment, Path.of(".."), Path.of("")).configuration();
  }
}
