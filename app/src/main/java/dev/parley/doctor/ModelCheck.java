package dev.parley.doctor;

import dev.parley.configuration.Configuration;
import dev.parley.loading.EngineChoice;
import dev.parley.loading.Loaded;
import dev.parley.loading.ModelChoice;
import dev.parley.loading.Models;
import dev.parley.model.ModelException;
import dev.parley.model.catalogue.CatalogueEntry;
import dev.parley.model.catalogue.ModelSource;
import dev.parley.model.catalogue.ModelStore;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.remote.RemoteModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The model that answers and the engine that computes it. */
public final class ModelCheck {
  private final Configuration configuration;
  private final Models models;
  private final List<Diagnosis> found = new ArrayList<>();

  public ModelCheck(Configuration configuration, Models models) {
    this.configuration = configuration;
    this.models = models;
  }

  /**
   * Looks at the file of the model, and loads it.
   *
   * @param busy whether another Parley runs, which has the model in memory already
   */
  public List<Diagnosis> examine(boolean busy) {
    try {
      ModelChoice choice = models.choices().wanted();
      if (choice instanceof ModelChoice.Servers servers) {
        servers.urls().forEach(this::ask);
        if (models.choices().fallback().isPresent()) {
          fallback(models.choices().fallback().get());
        }
        return found;
      }
      if (choice instanceof ModelChoice.Listed listed && !file(listed.entry())) {
        return found;
      }
      if (busy) { // which has taken what memory there was for it
        found.add(Diagnosis.good("model not loaded a second time beside the Parley that runs"));
      } else if (fits(choice)) {
        load(choice);
      }
    } catch (ModelFormatException e) {
      found.add(Diagnosis.problem("model: " + e.withRemedy()));
    } catch (IOException | ModelException e) {
      found.add(Diagnosis.problem("model: " + e.getMessage()));
    }
    return found;
  }

  private void ask(URI url) {
    long start = System.nanoTime();
    try (RemoteModel model = models.connect(url)) {
      found.add(
          Diagnosis.good(
              "model %s (%s) answers at %s in %.1f s"
                  .formatted(
                      model.info().name(),
                      model.info().licence(),
                      url,
                      (System.nanoTime() - start) / 1e9)));
    } catch (ModelException e) {
      found.add(Diagnosis.problem("model: " + e.getMessage()));
    }
  }

  /** Not loaded: it may never be needed. */
  private void fallback(ModelChoice choice) throws IOException {
    switch (choice) {
      case ModelChoice.Listed listed when file(listed.entry()) -> fits(listed);
      case ModelChoice.Listed _ -> {} // is fetched at the start
      case ModelChoice.Own own when Files.exists(own.path()) -> {
        found.add(
            Diagnosis.good("model %s is there for when no server answers".formatted(own.path())));
        fits(own);
      }
      case ModelChoice.Own own ->
          found.add(
              Diagnosis.problem(
                  "model: there is no %s for when no server answers: check model.fallback"
                      .formatted(own.path())));
      case ModelChoice.Servers _ -> throw new IllegalStateException("a server cannot stand in");
    }
  }

  /** Looks at the file of a listed model; returns whether it is there. */
  private boolean file(CatalogueEntry entry) throws IOException {
    ModelStore store = models.choices().store();
    if (!store.isInstalled(entry.id())) {
      found.add(
          Diagnosis.note(
              "model %s (%,d MB, %s) is not here: the first chat, or ./parley model pull %s,"
                      .formatted(
                          entry.name(), entry.size() / 1_000_000, entry.licence(), entry.id())
                  + " fetches it."));
      return false;
    }
    Path file = store.path(entry.id());
    String sha256 = store.sha256(entry.id());
    Set<String> known =
        entry.sources().stream()
            .map(ModelSource::sha256)
            .filter(hash -> !hash.isEmpty())
            .collect(Collectors.toSet());
    String text =
        "model file %s, %,d MB, %s, sha256 "
            .formatted(file, file.toFile().length() / 1_000_000, entry.licence());
    if (known.contains(sha256)) {
      found.add(Diagnosis.good(text + "ok"));
    } else if (known.size() == entry.sources().size()) {
      found.add(
          Diagnosis.problem(
              text
                  + sha256
                  + " is none of the catalogue's: ./parley model remove "
                  + entry.id()
                  + ", then pull it again."));
    } else {
      found.add(Diagnosis.good(text + sha256 + ", which the catalogue has nothing to compare to"));
    }
    return true;
  }

  /** Says what memory a model will take; returns whether it can be loaded. */
  private boolean fits(ModelChoice choice) throws IOException {
    Optional<Diagnosis> memory =
        models
            .memoryNeed(choice)
            .map(need -> MemoryCheck.of(need, models.choices().machine().memory()));
    memory.ifPresent(found::add);
    return memory.filter(one -> one.mark() == Diagnosis.Mark.PROBLEM).isEmpty();
  }

  private void load(ModelChoice choice) throws IOException {
    long start = System.nanoTime();
    try (Loaded loaded = models.load(choice)) {
      found.add(
          Diagnosis.good(
              "model %s (%s) loads in %.1f s"
                  .formatted(
                      loaded.model().info().name(),
                      loaded.model().info().licence(),
                      (System.nanoTime() - start) / 1e9)));
      context(loaded.model().info().contextLength());
    }
    engine(EngineChoice.of(configuration.model()));
  }

  private void context(int length) {
    configuration
        .model()
        .context()
        .filter(wanted -> wanted > length)
        .ifPresent(
            wanted ->
                found.add(
                    Diagnosis.note(
                        "model.context is %,d, and this model takes %,d tokens: lower it, or take a"
                                .formatted(wanted, length)
                            + " model that reads more.")));
  }

  private void engine(EngineChoice engine) {
    found.add(
        Diagnosis.good(
            "engine: %s (%s), %d threads (%s), %s (%s)"
                .formatted(
                    engine.processor(),
                    engine.processorReason(),
                    engine.threads(),
                    engine.threadsReason(),
                    engine.weights().name().toLowerCase(Locale.ROOT),
                    engine.weightsReason())));
    if (engine.leavesACardUnused()) {
      found.add(
          Diagnosis.note(
              "there is an NVIDIA card that libtorch cannot use: give it a libtorch with CUDA by"
                  + " PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR, and check the"
                  + " driver with nvidia-smi."));
    }
  }
}
