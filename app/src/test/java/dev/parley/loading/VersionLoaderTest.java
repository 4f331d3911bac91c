package dev.parley.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.configuration.ConfigurationReport;
import dev.parley.learning.NewVersion;
import dev.parley.learning.Version;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.storage.Database;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionLoaderTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied.F32.gguf");

  @TempDir private Path folder;

  @Test
  void realModelsAreTriedPromotedRolledBackAndLoadedAgain() throws Exception {
    try (Database database = Database.open(folder.resolve("parley.db"))) {
      VersionStore versions = new VersionStore(database, InstantSource.system());
      Version version = trained(versions);
      try (VersionedModel model = VersionedModel.open(versions, loader())) {
        String own = model.info().version();
        assertThat(own).startsWith("llama-tied");
        model.tryOn(version.id(), 10).get();
        model.promote(version.id()).get();
        assertThat(model.info().version()).isEqualTo("sft-1");
        assertAnswers(model);
        model.rollBack(version.id()).get();
        assertThat(model.info().version()).isEqualTo(own);
        assertAnswers(model);
        model.tryOn(version.id(), 10).get();
        model.promote(version.id()).get();
      }
      VersionLoader again = loader();
      try (VersionedModel model = VersionedModel.open(versions, again)) {
        assertThat(model.info().version()).isEqualTo("sft-1");
        assertThat(again.first().runsOn()).startsWith("CPU");
        assertAnswers(model);
      }
    }
  }

  private Version trained(VersionStore versions) throws Exception {
    Path file = Files.copy(TINY, folder.resolve("trained.gguf"));
    Version version =
        versions.add(
            new NewVersion(
                "sft-1", Optional.empty(), "sft", file.toAbsolutePath(), "d1", "{}", "{}"));
    versions.examined(version.id(), true, "{}");
    return version;
  }

  private VersionLoader loader() throws Exception {
    Map<String, String> environment =
        Map.of(
            "PARLEY_HOME",
            folder.toString(),
            "PARLEY_MODEL",
            TINY.toString(),
            "PARLEY_MODEL_CONTEXT",
            "256",
            "PARLEY_MODEL_PROCESSOR",
            "cpu");
    return new VersionLoader(
        new Models(
            ConfigurationReport.read(environment, Path.of(".."), Path.of("")).configuration(),
            new PrintStream(new ByteArrayOutputStream())));
  }

  private static void assertAnswers(VersionedModel model) {
    assertThat(
            model
                .generate(
                    List.of(ChatMessage.user("Why are there tides?")),
                    GenerationOptions.of(3, SamplingOptions.GREEDY).withIgnoreEnd(),
                    TextListener.NONE)
                .result()
                .join()
                .generatedTokens())
        .isEqualTo(3);
  }
}
