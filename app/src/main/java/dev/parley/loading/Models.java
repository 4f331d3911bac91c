package dev.parley.loading;

import dev.parley.configuration.Configuration;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.SamplingOptions;
import dev.parley.model.catalogue.CatalogueEntry;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import dev.parley.model.engine.MemoryNeed;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.engine.PrefixCacheOptions;
import dev.parley.model.remote.ApiKey;
import dev.parley.model.remote.RemoteModel;
import dev.parley.model.remote.RemoteModelOptions;
import dev.parley.model.remote.ServerPool;
import dev.parley.model.remote.Standby;
import dev.parley.model.transformer.MemoryPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches and loads models as the operator wants them. */
public final class Models {
  private static final Logger log = LoggerFactory.getLogger(Models.class);

  private static final long MEGABYTE = 1_000_000;

  /** For models that say nothing about themselves. */
  private static final SamplingOptions USUAL_SAMPLING = SamplingOptions.GREEDY.withTemperature(0.7);

  private final Configuration configuration;
  private final ModelChoices choices;
  private final PrintStream err;
  private final boolean keepsIdle;

  /**
   * @param err where the operator reads what is chosen and fetched
   */
  public Models(Configuration configuration, PrintStream err) {
    this(configuration, err, true);
  }

  private Models(Configuration configuration, PrintStream err, boolean keepsIdle) {
    this.configuration = configuration;
    this.choices = new ModelChoices(configuration);
    this.err = err;
    this.keepsIdle = keepsIdle;
  }

  /** The same, but people's conversations on disk are left alone. */
  public Models withoutConversations() {
    return new Models(configuration, err, false);
  }

  /** Which of them shall answer. */
  public ModelChoices choices() {
    return choices;
  }

  /** Loads what shall answer, and fetches it first where it is not here. */
  public Loaded load() throws IOException {
    return load(choices.wanted());
  }

  /** Loads a choice, and fetches it first where it is not here. */
  public Loaded load(ModelChoice choice) throws IOException {
    Loaded loaded =
        switch (choice) {
          case ModelChoice.Servers servers -> connect(servers);
          case ModelChoice.Listed listed -> loadEntry(listed);
          case ModelChoice.Own own -> loadFile(own.path(), own.like());
        };
    boolean keepsOnDisk = configuration.model().idleDisk() > 0;
    if (keepsIdle && (choice instanceof ModelChoice.Servers || !keepsOnDisk)) {
      LocalModel.deleteKept(
          configuration.idleFolder()); // an earlier model's, which forgets no more
    }
    log.info(
        "model {} ({}) on {}",
        loaded.model().info().name(),
        loaded.model().info().licence(),
        loaded.runsOn());
    return loaded;
  }

  /**
   * Loads what was trained of a choice. It leaves the choice's conversations on disk alone: each
   * model deletes those of another one.
   */
  Loaded loadTrained(ModelChoice origin, Path path) throws IOException {
    requireExists(path);
    Models apart = withoutConversations();
    return switch (origin) {
      case ModelChoice.Listed(CatalogueEntry entry, String _) ->
          apart.loadLocal(path, apart.options(entry), entry.shortSystemPrompt(), entry.sampling());
      case ModelChoice.Own own -> apart.loadFile(path, own.like());
      case ModelChoice.Servers _ -> apart.loadFile(path, Optional.empty());
    };
  }

  private Loaded connect(ModelChoice.Servers servers) throws IOException {
    Optional<ModelChoice> fallback = choices.fallback();
    LanguageModel model =
        servers.urls().size() == 1 && fallback.isEmpty()
            ? connect(servers.urls().getFirst())
            : ServerPool.connect(
                servers.urls().stream().map(this::options).toList(),
                fallback.isPresent() ? Optional.of(standby(fallback.get())) : Optional.empty());
    return new Loaded(model, false, wanted(USUAL_SAMPLING), servers.shown());
  }

  /** One of the servers, asked what it serves. */
  public RemoteModel connect(URI url) {
    return RemoteModel.connect(options(url));
  }

  private RemoteModelOptions options(URI url) {
    Configuration.Model wanted = configuration.model();
    return RemoteModelOptions.of(
            url,
            wanted.name().orElse(""),
            wanted.key().map(key -> new ApiKey(key.value())).orElse(ApiKey.NONE))
        .withParallel(wanted.slots().orElse(MemoryPlan.USUAL_SLOTS))
        .withContextLength(wanted.context().orElse(0))
        .withIdleTimeout(wanted.silence());
  }

  /** Fetches the model now: in an outage it may be too late, and nobody there to agree. */
  private Standby standby(ModelChoice choice) throws IOException {
    int length = configuration.model().context().orElse(MemoryPlan.USUAL_LENGTH);
    return switch (choice) {
      case ModelChoice.Listed(CatalogueEntry entry, String _) -> {
        Path _ = fetching().pull(entry, false);
        yield new Standby(
            new ModelInfo(
                entry.name(),
                entry.id(),
                Math.min(length, entry.contextLength()),
                entry.licence(),
                entry.languages()),
            () -> load(new ModelChoice.Listed(entry, "")).model());
      }
      case ModelChoice.Own(Path path, Optional<CatalogueEntry> like) -> {
        requireExists(path);
        String name = String.valueOf(path.getFileName());
        yield new Standby(
            new ModelInfo(name, name, length, "unknown", List.of()),
            () -> loadFile(path, like).model());
      }
      case ModelChoice.Servers _ -> throw new IllegalStateException("a server cannot stand in");
    };
  }

  /**
   * What DJL reads when its engine starts; a variable of the environment counts more.
   *
   * @throws IOException where its libraries cannot be unpacked: DJL itself would name another cause
   */
  private void prepareEngine() throws IOException {
    Path cache = configuration.cacheFolder();
    if (System.getenv("DJL_CACHE_DIR") == null) {
      try {
        Files.createDirectories(cache);
      } catch (IOException e) {
        throw new IOException(
            "The folder %s cannot be made: check who owns %s and that its disk has room, or choose another with PARLEY_HOME."
                .formatted(cache, configuration.home()),
            e);
      }
    }
    System.setProperty("DJL_CACHE_DIR", cache.toString());
    configuration
        .model()
        .threads()
        .ifPresent(n -> System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(n)));
  }

  /** What brings models here, asking at a terminal. */
  public Fetching fetching() {
    return new Fetching(choices.store(), err, Attended::ask);
  }

  private Loaded loadEntry(ModelChoice.Listed listed) throws IOException {
    CatalogueEntry entry = listed.entry();
    if (!listed.reason().isEmpty()) {
      err.println("Model: " + entry.name() + ", " + listed.reason() + ".");
    }
    Path file = fetching().pull(entry, false);
    return loadLocal(file, options(entry), entry.shortSystemPrompt(), entry.sampling());
  }

  private Loaded loadLocal(
      Path path, LocalModelOptions options, boolean brief, SamplingOptions sampling)
      throws IOException {
    prepareEngine();
    LocalModel model;
    // what is loaded apart may come beneath a chat, whose screen is not to be written on
    try (var _ = LoadingLine.show(err, keepsIdle && Attended.here())) {
      model = LocalModel.load(path, options);
    }
    try {
      return new Loaded(
          model, brief, wanted(sampling), EngineChoice.of(configuration.model()).summary());
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /**
   * @param like an entry of the same model, which tells how to use it
   */
  private Loaded loadFile(Path file, Optional<CatalogueEntry> like) throws IOException {
    requireExists(file);
    return loadLocal(
        file,
        optionsOfOwn(like),
        like.map(CatalogueEntry::shortSystemPrompt).orElse(false),
        like.map(CatalogueEntry::sampling).orElse(USUAL_SAMPLING));
  }

  private static void requireExists(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "There is no model named "
              + file
              + " in the catalogue and no such file or folder: ./parley model list shows what there"
              + " is.");
    }
  }

  /**
   * The memory that a model of this process will take, which is here; a server's takes none. Starts
   * libtorch where it is to choose the processor.
   */
  public Optional<MemoryNeed> memoryNeed(ModelChoice choice) throws IOException {
    prepareEngine();
    return switch (choice) {
      case ModelChoice.Listed(CatalogueEntry entry, String _) ->
          Optional.of(MemoryNeed.of(choices.store().path(entry.id()), options(entry)));
      case ModelChoice.Own(Path path, Optional<CatalogueEntry> like) -> {
        requireExists(path);
        yield Optional.of(MemoryNeed.of(path, optionsOfOwn(like)));
      }
      case ModelChoice.Servers _ -> Optional.empty();
    };
  }

  /**
   * A model of this process apart, to be trained; fetches it first where it is not here.
   *
   * @throws ModelException where it is a server's
   */
  public ModelParts parts(ModelChoice choice) throws IOException {
    prepareEngine();
    return switch (choice) {
      case ModelChoice.Listed(CatalogueEntry entry, String _) ->
          ModelParts.open(fetching().pull(entry, false), entry.templateOptions());
      case ModelChoice.Own(Path path, Optional<CatalogueEntry> like) -> {
        requireExists(path);
        yield ModelParts.open(path, templateOptions(like));
      }
      case ModelChoice.Servers _ ->
          throw new ModelException(
              "A server's model cannot be trained here: name a model of this computer by --model.");
    };
  }

  /** What was trained of a choice, apart, to be trained further. */
  ModelParts parts(ModelChoice origin, Path trained) throws IOException {
    requireExists(trained);
    prepareEngine();
    return ModelParts.open(
        trained,
        switch (origin) {
          case ModelChoice.Listed(CatalogueEntry entry, String _) -> entry.templateOptions();
          case ModelChoice.Own own -> templateOptions(own.like());
          case ModelChoice.Servers _ -> Map.of();
        });
  }

  private static Map<String, Object> templateOptions(Optional<CatalogueEntry> like) {
    return like.map(CatalogueEntry::templateOptions).orElse(Map.of());
  }

  private LocalModelOptions options(CatalogueEntry entry) {
    return options(
        entry.contextLength(),
        entry.templateOptions(),
        Optional.of(entry.name()),
        Optional.of(entry.licence()),
        entry.languages());
  }

  private LocalModelOptions optionsOfOwn(Optional<CatalogueEntry> like) {
    return options(
        Integer.MAX_VALUE, templateOptions(like), Optional.empty(), Optional.empty(), List.of());
  }

  private LocalModelOptions options(
      int contextLength,
      Map<String, Object> template,
      Optional<String> name,
      Optional<String> licence,
      List<String> languages) {
    Configuration.Model wanted = configuration.model();
    return new LocalModelOptions(
        wanted.processor(),
        wanted.weights(),
        optionalInt(wanted.slots()),
        optionalInt(wanted.context()),
        contextLength,
        new PrefixCacheOptions(
            wanted.idleMemory() * MEGABYTE,
            !keepsIdle || wanted.idleDisk() == 0
                ? Optional.empty()
                : Optional.of(configuration.idleFolder()),
            wanted.idleDisk() * MEGABYTE),
        template,
        name,
        licence,
        languages);
  }

  private static OptionalInt optionalInt(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** What suits the model, but for what the operator set. */
  private SamplingOptions wanted(SamplingOptions sampling) {
    return configuration.answer().temperature().map(sampling::withTemperature).orElse(sampling);
  }
}
