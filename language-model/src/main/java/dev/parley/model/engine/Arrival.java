package dev.parley.model.engine;

import java.util.concurrent.CompletableFuture;

/** What an engine is asked for. */
sealed interface Arrival permits Sequence, Arrival.Forgetting {
  /** Tells whoever asked that it came to nothing. */
  void fail(Throwable cause);

  /**
   * That it forgets.
   *
   * @param done completes when it has
   */
  record Forgetting(CompletableFuture<Void> done) implements Arrival {
    @Override
    public void fail(Throwable cause) {
      done.completeExceptionally(cause);
    }
  }
}
