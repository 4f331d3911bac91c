package dev.parley.loading;

import dev.parley.configuration.Configuration;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.model.LanguageModel;
import dev.parley.model.ranking.BestOf;
import dev.parley.watch.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads the operator's own model and the versions that were trained of it, which want to be used in
 * the same way. Thread-safe.
 */
public final class VersionLoader implements VersionedModel.Loader, AutoCloseable {
  private final Models models;
  private final Optional<BestOf> bestOf;
  private final Meter meter;
  private final ModelChoice own;

  private volatile @Nullable Loaded first;

  /**
   * Of models that write one answer to a question. Finds out what the operator's own is; may ask
   * the hub what it has.
   */
  public VersionLoader(Models models) throws IOException {
    this(models, models.choices().wanted(), Optional.empty(), new Meter());
  }

  /**
   * @param bestOf what chooses answers; closed with this
   */
  private VersionLoader(Models models, ModelChoice own, Optional<BestOf> bestOf, Meter meter) {
    this.models = models;
    this.own = own;
    this.bestOf = bestOf;
    this.meter = meter;
  }

  /** As the operator configured it. */
  public static VersionLoader of(Models models, Configuration configuration) throws IOException {
    return new VersionLoader(
        models, models.choices().wanted(), Judges.bestOf(configuration), new Meter());
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
    LanguageModel model = meter.on(loaded.model());
    return bestOf.map(some -> some.on(model)).orElse(model);
  }

  /** Counts what all of them do. */
  public Meter meter() {
    return meter;
  }

  @Override
  public void close() {
    bestOf.ifPresent(BestOf::close);
  }
}
