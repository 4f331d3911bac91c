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
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds, fetches and loads the model that the operator wants, or the one that suits the machine.
 */
final class Models {
  /** What this version's engine runs, in GGUF's words. */
  static final Set<String> ARCHITECTURES = Set.of("llama");

  /** For models that say nothing about themselves. */
  private static final SamplingOptions USUAL_SAMPLING = SamplingOptions.GREEDY.withTemperature(0.7);

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
    Optional<URI> url = configuration.model().url();
    if (url.isPresent()) {
      return connect(url.get());
    }
    prepareEngine();
    Optional<String> wanted = wanted();
    if (wanted.isPresent() && catalogue().find(wanted.get()).isEmpty()) {
      return loadFile(Path.of(wanted.get()));
    }
    CatalogueEntry entry = wanted.flatMap(id -> catalogue().find(id)).orElseGet(this::chosen);
    return loadEntry(entry);
  }

  private Loaded connect(URI url) {
    Configuration.Model wanted = configuration.model();
    RemoteModelOptions options =
        RemoteModelOptions.of(
                url,
                wanted.name().orElse(""),
                wanted.key().map(key -> new ApiKey(key.value())).orElse(ApiKey.NONE))
            .withParallel(wanted.slots())
            .withContextLength(wanted.context().orElse(0))
            .withIdleTimeout(wanted.silence());
    return new Loaded(RemoteModel.connect(options), false, wanted(USUAL_SAMPLING));
  }

  /** What DJL reads when its engine starts; a variable of the environment counts more. */
  private void prepareEngine() {
    System.setProperty("DJL_CACHE_DIR", configuration.cacheFolder().toString());
    configuration
        .model()
        .threads()
        .ifPresent(n -> System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(n)));
  }

  /** The model named by the operator, or by an earlier {@code model use}. */
  Optional<String> wanted() throws IOException {
    if (configuration.model().local().isPresent()) {
      return configuration.model().local();
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
            configuration.model().processor(),
            configuration.model().weights(),
            configuration.model().slots(),
            Math.min(slotLength(), entry.contextLength()),
            entry.templateOptions(),
            Optional.of(entry.name()),
            Optional.of(entry.licence()),
            entry.languages());
    return new Loaded(
        LocalModel.load(file, options), entry.shortSystemPrompt(), wanted(entry.sampling()));
  }

  private Loaded loadFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "There is no model named "
              + file
              + " in the catalogue and no such file or folder: ./parley model list shows what there"
              + " is.");
    }
    LocalModelOptions options =
        new LocalModelOptions(
            configuration.model().processor(),
            configuration.model().weights(),
            configuration.model().slots(),
            slotLength(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new Loaded(LocalModel.load(file, options), false, wanted(USUAL_SAMPLING));
  }

  /** What suits the model, but for what the operator set. */
  private SamplingOptions wanted(SamplingOptions sampling) {
    return configuration.answer().temperature().map(sampling::withTemperature).orElse(sampling);
  }

  private int slotLength() {
    return configuration.model().context().orElse(LocalModelOptions.DEFAULT.slotLength());
  }
}
