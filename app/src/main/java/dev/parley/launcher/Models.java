package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.model.catalogue.Catalogue;
import dev.parley.model.catalogue.CatalogueEntry;
import dev.parley.model.catalogue.Choice;
import dev.parley.model.catalogue.Machine;
import dev.parley.model.catalogue.ModelStore;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import dev.parley.model.remote.ApiKey;
import dev.parley.model.remote.RemoteModel;
import dev.parley.model.remote.RemoteModelOptions;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds, fetches and loads the model that the operator wants, or the one that suits the machine.
 */
final class Models {
  /** What this version's engine runs, in GGUF's words. */
  static final Set<String> ARCHITECTURES = Set.of("llama");

  private final Configuration configuration;
  private final PrintStream err;

  Models(Configuration configuration, PrintStream err) {
    this.configuration = configuration;
    this.err = err;
  }

  /**
   * A loaded model and how it wants to be used.
   *
   * @param brief whether it follows only a short system prompt
   * @param sampling what suits it
   */
  record Loaded(LanguageModel model, boolean brief, SamplingOptions sampling) {}

  Loaded load() throws IOException {
    Optional<String> url = configuration.modelUrl();
    if (url.isPresent()) {
      RemoteModelOptions options =
          RemoteModelOptions.of(
              URI.create(url.get()),
              configuration.modelName(),
              configuration.modelKey().value().isEmpty()
                  ? ApiKey.NONE
                  : new ApiKey(configuration.modelKey().value()));
      return new Loaded(
          RemoteModel.connect(options), false, SamplingOptions.GREEDY.withTemperature(0.7));
    }
    Optional<String> wanted = wanted();
    if (wanted.isPresent() && catalogue().find(wanted.get()).isEmpty()) {
      return loadFile(Path.of(wanted.get()));
    }
    CatalogueEntry entry = wanted.flatMap(id -> catalogue().find(id)).orElseGet(this::chosen);
    return loadEntry(entry);
  }

  /** The model named by the operator, or by an earlier {@code model use}. */
  Optional<String> wanted() throws IOException {
    if (configuration.model().isPresent()) {
      return configuration.model();
    }
    Path file = configuration.chosenModelFile();
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  Catalogue catalogue() {
    return Catalogue.read(configuration.catalogueFile());
  }

  ModelStore store() {
    return new ModelStore(configuration.modelsFolder(), System.getenv());
  }

  Machine machine() {
    return Machine.here(0, ARCHITECTURES);
  }

  /** Fetches a model and shows how it comes in. */
  Path pull(CatalogueEntry entry) {
    try (ProgressLine progress = new ProgressLine(entry.name(), err)) {
      return store().pull(entry, progress);
    }
  }

  private CatalogueEntry chosen() {
    Choice choice = catalogue().choose(Locale.getDefault(), machine(), store()::isAvailable);
    err.println("Model: " + choice.entry().name() + ", " + choice.reason() + ".");
    return choice.entry();
  }

  private Loaded loadEntry(CatalogueEntry entry) throws IOException {
    ModelStore store = store();
    Path file = store.isInstalled(entry.id()) ? store.path(entry.id()) : pull(entry);
    LocalModelOptions options =
        new LocalModelOptions(
            weights(),
            configuration.slots(),
            Math.min(configuration.slotLength(), entry.contextLength()),
            entry.templateOptions(),
            Optional.of(entry.name()),
            Optional.of(entry.licence()),
            entry.languages());
    return new Loaded(LocalModel.load(file, options), entry.shortSystemPrompt(), entry.sampling());
  }

  private Loaded loadFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "There is no model named "
              + file
              + " in the catalogue and no such file: ./parley model list shows what there is.");
    }
    LocalModelOptions options =
        LocalModelOptions.DEFAULT
            .withWeights(weights())
            .withSlots(configuration.slots(), configuration.slotLength());
    return new Loaded(
        LocalModel.load(file, options), false, SamplingOptions.GREEDY.withTemperature(0.7));
  }

  private Weights weights() {
    return configuration.exact() ? Weights.FP32 : Weights.FP16;
  }
}
