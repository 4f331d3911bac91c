package dev.parley.loading;

import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads the operator's own model and the versions that were trained of it, which want to be used in
 * the same way. Thread-safe.
 */
public final class VersionLoader implements VersionedModel.Loader {
  private final Models models;
  private final ModelChoice own;

  private volatile @Nullable Loaded first;

  /** Finds out what the operator's own model is; may ask the hub what it has. */
  public VersionLoader(Models models) throws IOException {
    this.models = models;
    this.own = models.choice();
  }

  /** What was loaded first, and how all of them want to be used; whoever loaded it closes it. */
  public Loaded first() {
    return Objects.requireNonNull(first, "nothing was loaded");
  }

  /** What is trained further now. */
  public ModelOrigin origin(VersionStore versions) {
    return new ModelOrigin(models, own, versions.promoted());
  }

  @Override
  public LanguageModel own() throws IOException {
    return remembered(models.load(own));
  }

  @Override
  public LanguageModel version(Path folder) throws IOException {
    return remembered(models.loadTrained(own, folder));
  }

  private LanguageModel remembered(Loaded loaded) {
    if (first == null) {
      first = loaded;
    }
    return loaded.model();
  }
}
