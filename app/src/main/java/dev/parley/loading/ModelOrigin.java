package dev.parley.loading;

import dev.parley.learning.Version;
import dev.parley.learning.VersionId;
import dev.parley.model.LanguageModel;
import dev.parley.model.engine.ModelParts;
import dev.parley.pipeline.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The operator's own model, or the version of it that answers now. Thread-safe.
 *
 * @param models opens them
 * @param own the operator's own
 * @param promoted the version that answers; empty where the own one does
 */
public record ModelOrigin(Models models, ModelChoice own, Optional<Version> promoted)
    implements Origin {
  @Override
  public String name() {
    return promoted
        .map(Version::name)
        .orElseGet(
            () ->
                switch (own) {
                  case ModelChoice.Listed listed -> listed.entry().name();
                  case ModelChoice.Own own -> String.valueOf(own.path().getFileName());
                  case ModelChoice.Servers servers -> servers.shown();
                });
  }

  @Override
  public Optional<VersionId> version() {
    return promoted.map(Version::id);
  }

  @Override
  public ModelParts parts() throws IOException {
    return promoted.isPresent() ? parts(promoted.get().folder()) : models.parts(own);
  }

  @Override
  public ModelParts parts(Path trained) throws IOException {
    return models.parts(own, trained);
  }

  @Override
  public LanguageModel load() throws IOException {
    return promoted.isPresent()
        ? load(promoted.get().folder())
        : models.withoutConversations().load(own).model();
  }

  @Override
  public LanguageModel load(Path trained) throws IOException {
    return models.loadTrained(own, trained).model();
  }
}
