package dev.parley.model;

import java.util.concurrent.CompletableFuture;

/** One run of a model. Thread-safe. */
public interface Generation {
  /** Asks the run to end within one step; harmless when it has ended. */
  void cancel();

  /**
   * Completes when the run has ended and all text was handed out; fails with a {@link
   * ModelException}. Completed on a thread of the model: continue elsewhere with the {@code …Async}
   * methods where that takes long.
   */
  CompletableFuture<GenerationResult> result();
}
