package dev.parley.learning;

import dev.parley.model.ChatMessage;
import dev.parley.model.DelegatingModel;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is loaded, and who uses it: it is closed when nobody does any more, so that no
 * answer is cut. Thread-safe.
 */
final class OpenModel extends DelegatingModel {
  private static final Logger log = LoggerFactory.getLogger(OpenModel.class);

  private final LanguageModel model;
  private final Optional<Version> version;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();

  // guarded by this
  private int users;
  private boolean leaving;

  /**
   * @param version which one this is; empty for the operator's own model
   */
  OpenModel(LanguageModel model, Optional<Version> version) {
    super(model);
    this.model = model;
    this.version = version;
  }

  boolean is(Optional<VersionId> wanted) {
    return version.map(Version::id).equals(wanted);
  }

  Optional<Version> version() {
    return version;
  }

  /** Counts a user, until {@link #leave}; false where it is on its way out. */
  synchronized boolean enter() {
    if (leaving) {
      return false;
    }
    users++;
    return true;
  }

  /** Not on the caller's thread is it closed, which may be one of the model's own. */
  void leave() {
    boolean last;
    synchronized (this) {
      users--;
      last = leaving && users == 0;
    }
    if (last) {
      closeElsewhere();
    }
  }

  /** Lets nobody in any more, and closes it once everybody has left; completes then. */
  CompletableFuture<Void> closeWhenIdle() {
    boolean idle;
    synchronized (this) {
      idle = !leaving && users == 0;
      leaving = true;
    }
    if (idle) {
      closeElsewhere();
    }
    return closed;
  }

  private void closeElsewhere() {
    Thread.ofVirtual().name("model-close").start(this::close);
  }

  @Override
  public ModelInfo info() {
    ModelInfo loaded = model.info();
    return version
        .map(
            of ->
                new ModelInfo(
                    loaded.name(),
                    of.name(),
                    loaded.contextLength(),
                    loaded.licence(),
                    loaded.languages()))
        .orElse(loaded);
  }

  /** To be called by somebody who has entered; what it starts counts as a user until its end. */
  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    synchronized (this) {
      users++;
    }
    try {
      Generation generation = model.generate(messages, options, listener);
      var _ = generation.result().whenComplete((result, failure) -> leave());
      return generation;
    } catch (RuntimeException | Error e) {
      leave();
      throw e;
    }
  }

  /** At once, whoever uses it. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      closed.join();
      return;
    }
    try {
      model.close();
    } catch (RuntimeException e) {
      log.warn("model {} could not be closed", model.info().version(), e);
    } finally {
      closed.complete(null);
    }
  }
}
