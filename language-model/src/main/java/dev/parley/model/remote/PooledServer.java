package dev.parley.model.remote;

import dev.parley.model.ModelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of the pool and how it is. Thread-safe; its load is guarded by the pool's lock. */
final class PooledServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PooledServer.class);

  private final RemoteModelOptions options;
  private final Backoff backoff;

  /** Null until it answered once: what it serves is not known before. */
  private volatile @Nullable RemoteModel model;

  /** Why it is left out; null while it is well, and before it was asked. */
  private volatile @Nullable ModelException failure;

  /** Generations on it now. */
  int running;

  /** Generations it was ever given. */
  long given;

  PooledServer(RemoteModelOptions options, Backoff backoff) {
    this.options = options;
    this.backoff = backoff;
  }

  /** Asks how it is, the first time also what it serves. One call at a time. */
  void look() {
    RemoteModel known = model;
    try {
      if (known == null) {
        model = RemoteModel.connect(options, backoff);
      } else {
        known.check();
      }
    } catch (ModelException e) {
      failed(e);
      return;
    } catch (RuntimeException e) { // a fault of ours must not end the watch
      failed(new ModelException("Asking the model server failed: " + e, e));
      return;
    }
    if (failure != null && known != null) {
      log.info("model server {} answers again", options.baseUrl());
    }
    failure = null;
  }

  void failed(ModelException why) {
    ModelException before = failure;
    failure = why;
    if (before == null) {
      log.warn("model server {} is left out: {}", options.baseUrl(), why.getMessage());
    }
  }

  boolean isHealthy() {
    return model != null && failure == null;
  }

  Optional<ModelException> failure() {
    return Optional.ofNullable(failure);
  }

  Optional<RemoteModel> model() {
    return Optional.ofNullable(model);
  }

  int parallel() {
    return options.parallel();
  }

  boolean hasRoomFor(int promptTokens) {
    RemoteModel known = model;
    return known != null && promptTokens < known.info().contextLength();
  }

  @Override
  public void close() {
    model().ifPresent(RemoteModel::close);
  }
}
