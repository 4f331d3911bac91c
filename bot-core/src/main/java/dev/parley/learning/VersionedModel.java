package dev.parley.learning;

import dev.parley.learning.VersionException.Reason;
import dev.parley.learning.VersionStore.RollBack;
import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model as its versions stand: the promoted one answers, or the operator's own where none is,
 * and a share of the conversations gets the one that is tried. A conversation keeps what it got.
 * What answers changes while it runs: the new one is loaded first, and the old one is closed when
 * its last answer has ended. At most two are loaded at a time. Thread-safe; one change at a time.
 */
public final class VersionedModel implements LanguageModel {
  private static final Logger log = LoggerFactory.getLogger(VersionedModel.class);
  private static final long NO_CONVERSATION = -1;

  private final VersionStore store;
  private final Loader loader;
  private final int contextLength;
  private final ReentrantLock changing = new ReentrantLock();

  /** Set by the thread that changes something, or by the one that closes. */
  private volatile Line line;

  /** What answers no more, until its last answer has ended. */
  private final Set<OpenModel> leaving = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Thread changer;
  private volatile Optional<String> loading = Optional.empty();
  private volatile List<VersionException> failures;
  private volatile boolean closed;

  /** Loads models; each call may take long. */
  public interface Loader {
    /** The operator's own. */
    LanguageModel own() throws IOException;

    /** What was trained, in its folder. */
    LanguageModel version(Path folder) throws IOException;
  }

  /** Who answers. */
  private record Line(OpenModel usual, Optional<OpenModel> tried, int share) {
    OpenModel of(long conversation) {
      return tried
          .filter(model -> conversation >= 0 && isInShare(conversation, model))
          .orElse(usual);
    }

    /** Evenly spread, the same at every start; who is in a share is in every larger one. */
    private boolean isInShare(long conversation, OpenModel model) {
      String both = model.version().orElseThrow().name() + " " + conversation;
      return Long.parseLong(Sha256.of(both).substring(0, 12), 16) % 100 < share;
    }

    boolean has(OpenModel model) {
      return usual.equals(model) || tried.equals(Optional.of(model));
    }
  }

  /** What changes; run on a thread of its own. */
  @FunctionalInterface
  private interface Change {
    void make() throws VersionException, InterruptedException;
  }

  private VersionedModel(
      VersionStore store, Loader loader, Line line, List<VersionException> failures) {
    this.store = store;
    this.loader = loader;
    this.line = line;
    this.failures = failures;
    this.contextLength = line.usual().info().contextLength();
  }

  /**
   * Loads what answered before. Where a version cannot be loaded, the operator's own model answers,
   * which {@link #failures} and the log say.
   *
   * @throws IOException where the operator's own model is needed and cannot be loaded
   */
  public static VersionedModel open(VersionStore store, Loader loader) throws IOException {
    List<VersionException> failures = new ArrayList<>();
    Optional<OpenModel> promoted = atStart(store.promoted(), loader, 0, failures);
    OpenModel usual =
        promoted.isPresent() ? promoted.get() : new OpenModel(loader.own(), Optional.empty());
    Optional<Version> trial = store.tried();
    Optional<OpenModel> tried = atStart(trial, loader, usual.info().contextLength(), failures);
    int share = trial.map(Version::share).orElse(0);
    return new VersionedModel(store, loader, new Line(usual, tried, share), List.copyOf(failures));
  }

  private static Optional<OpenModel> atStart(
      Optional<Version> version, Loader loader, int context, List<VersionException> failures) {
    if (version.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(load(version, loader, context));
    } catch (VersionException e) {
      log.warn("version {} does not answer: {}", version.get().name(), e.getMessage());
      failures.add(e);
      return Optional.empty();
    }
  }

  /** A share of the conversations, 1 to 100 percent, gets a version that passed its examination. */
  public CompletableFuture<Void> tryOn(VersionId id, int share) {
    return change(
        () -> {
          Version version = find(id);
          if (version.verdict() != Verdict.PASSED) {
            throw new VersionException(Reason.NOT_PASSED, version.name());
          }
          Optional<Version> other = store.tried().filter(tried -> !tried.id().equals(id));
          if (other.isPresent()) {
            throw new VersionException(Reason.ANOTHER_TRIED, other.get().name());
          }
          if (version.state() == VersionState.PROMOTED) {
            throw new VersionException(Reason.CHANGED, version.name());
          }
          OpenModel model = opened(Optional.of(version));
          keep(
              model,
              () -> store.tryOn(id, share),
              new Line(line.usual(), Optional.of(model), share));
        });
  }

  /** No conversation gets the version that is tried any more. */
  public CompletableFuture<Void> stopTrying(VersionId id) {
    return change(
        () -> {
          if (!store.stopTrying(id)) {
            throw new VersionException(Reason.CHANGED, find(id).name());
          }
          endTrial();
        });
  }

  /** The version that is tried answers from now on. */
  public CompletableFuture<Void> promote(VersionId id) {
    return change(
        () -> {
          Version version = find(id);
          if (version.state() != VersionState.TRIED) {
            throw new VersionException(Reason.CHANGED, version.name());
          }
          OpenModel model = opened(Optional.of(version));
          keep(model, () -> store.promote(id), new Line(model, Optional.empty(), 0));
        });
  }

  /**
   * What was promoted before answers again. A trial ends first, even where the rest then fails:
   * there is memory for two models.
   *
   * @param from the promoted version
   */
  public CompletableFuture<Void> rollBack(VersionId from) {
    return change(
        () -> {
          RollBack wanted =
              store
                  .rollBack()
                  .filter(now -> now.from().id().equals(from))
                  .orElseThrow(() -> new VersionException(Reason.CHANGED, ""));
          Optional<Version> tried = store.tried();
          if (tried.isPresent() && store.stopTrying(tried.get().id())) {
            endTrial();
          }
          OpenModel model = opened(wanted.to());
          keep(model, () -> store.rollBack(wanted), new Line(model, Optional.empty(), 0));
        });
  }

  /** What is being loaded now, by its name, which is empty for the operator's own model. */
  public Optional<String> loading() {
    return loading;
  }

  /** What could not be loaded, at the start or by the last change. */
  public List<VersionException> failures() {
    return failures;
  }

  /** The version that really answers; empty where the operator's own model does. */
  public Optional<Version> answering() {
    return line.usual().version();
  }

  private Version find(VersionId id) throws VersionException {
    return store.find(id).orElseThrow(() -> new VersionException(Reason.CHANGED, ""));
  }

  private CompletableFuture<Void> change(Change change) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofVirtual().name("model-change").start(() -> make(change, done));
    return done;
  }

  private void make(Change change, CompletableFuture<Void> done) {
    if (closed || !changing.tryLock()) {
      done.completeExceptionally(new VersionException(Reason.BUSY, loading.orElse("")));
      return;
    }
    Optional<Throwable> failure = Optional.empty();
    try {
      changer = Thread.currentThread();
      change.make();
      failures = List.of();
    } catch (VersionException e) {
      log.warn("a version was not changed: {}", e.getMessage());
      failure = Optional.of(e);
    } catch (InterruptedException | RuntimeException | Error e) {
      log.warn("a version was not changed", e);
      failure = Optional.of(e);
    } finally {
      changer = null;
      changing.unlock();
    }
    if (failure.isPresent()) { // after the lock, so that whoever hears of it can try again
      done.completeExceptionally(failure.get());
    } else {
      done.complete(null);
    }
  }

  /** The model if it is loaded, else loaded now, after what left has freed its memory. */
  private OpenModel opened(Optional<Version> version)
      throws VersionException, InterruptedException {
    Optional<VersionId> wanted = version.map(Version::id);
    if (line.usual().is(wanted)) {
      return line.usual();
    }
    if (line.tried().filter(model -> model.is(wanted)).isPresent()) {
      return line.tried().get();
    }
    loading = Optional.of(version.map(Version::name).orElse(""));
    try {
      for (OpenModel model : leaving) {
        model.closeWhenIdle().get();
      }
      return load(version, loader, contextLength);
    } catch (VersionException e) {
      failures = List.of(e);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a model's end never fails", e);
    } finally {
      loading = Optional.empty();
    }
  }

  /**
   * Loads a model.
   *
   * @param version empty for the operator's own
   * @param context tokens it must take at once
   */
  private static OpenModel load(Optional<Version> version, Loader loader, int context)
      throws VersionException {
    String name = version.map(Version::name).orElse("");
    Optional<Path> folder = version.map(Version::folder);
    if (folder.isPresent() && !Files.exists(folder.get())) {
      throw new VersionException(Reason.FOLDER_GONE, name, folder.get().toString());
    }
    OpenModel model;
    try {
      model =
          new OpenModel(folder.isPresent() ? loader.version(folder.get()) : loader.own(), version);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      VersionException told =
          new VersionException(Reason.NOT_LOADED, name, String.valueOf(e.getMessage()));
      told.initCause(e);
      throw told;
    }
    if (model.info().contextLength() < context) {
      model.close();
      throw new VersionException(Reason.TOO_SHORT, name);
    }
    return model;
  }

  /** Writes a change down, then makes it; where that fails, what was loaded for it is closed. */
  private void keep(OpenModel model, BooleanSupplier stored, Line next) throws VersionException {
    boolean kept = false;
    try {
      kept = stored.getAsBoolean();
    } finally {
      if (!kept && !line.has(model)) {
        model.close();
      }
    }
    if (!kept) {
      throw new VersionException(Reason.CHANGED, model.version().map(Version::name).orElse(""));
    }
    replace(next);
    log.info(
        "{} answers{}",
        next.usual().info().version(),
        next.tried().map(tried -> ", " + tried.info().version() + " is tried").orElse(""));
  }

  private void endTrial() {
    replace(new Line(line.usual(), Optional.empty(), 0));
  }

  /** What is not needed any more is closed when its last answer has ended. */
  private void replace(Line next) {
    Line before = line;
    line = next;
    for (OpenModel model : both(before)) {
      if (!next.has(model)) {
        leaving.add(model);
        var _ = model.closeWhenIdle().thenRun(() -> leaving.remove(model));
      }
    }
  }

  private static List<OpenModel> both(Line line) {
    List<OpenModel> both = new ArrayList<>(List.of(line.usual()));
    line.tried().ifPresent(both::add);
    return both;
  }

  /** The promoted version, or the operator's own model. */
  @Override
  public ModelInfo info() {
    return line.usual().info();
  }

  /** As much as one of them can do at once: they share the machine. */
  @Override
  public Capacity capacity() {
    return line.usual().capacity();
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return using(NO_CONVERSATION, model -> model.countTokens(messages));
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    return using(NO_CONVERSATION, model -> model.generate(messages, options, listener));
  }

  @Override
  public Generation inConversation(
      long conversation, Function<? super LanguageModel, Generation> start) {
    return using(conversation, start);
  }

  /** All that are loaded. */
  @Override
  public void forget() {
    for (OpenModel model : leaving) {
      try {
        model.forget();
      } catch (ModelException closed) { // what it leaves on the disk, the others delete there
        model.closeWhenIdle().join();
      }
    }
    both(line).forEach(OpenModel::forget);
  }

  /** Whoever is let in keeps the model open until they leave. */
  private <T> T using(long conversation, Function<? super LanguageModel, T> use) {
    OpenModel model = line.of(conversation);
    while (!model.enter()) {
      model = line.of(conversation); // it left in this moment: the next one is there already
    }
    try {
      return use.apply(model);
    } finally {
      model.leave();
    }
  }

  /** Ends a loading too. */
  @Override
  public void close() {
    closed = true;
    Thread now = changer;
    if (now != null) {
      now.interrupt();
    }
    changing.lock();
    try {
      leaving.forEach(OpenModel::close);
      both(line).forEach(OpenModel::close);
    } finally {
      changing.unlock();
    }
  }
}
