package dev.parley.queue;

import dev.parley.model.Generation;
import dev.parley.model.GenerationResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request in the queue, then in the model. Thread-safe. */
public final class QueuedGeneration {
  private final GenerationQueue queue;
  final GenerationRequest request;
  final long number;
  final CompletableFuture<GenerationResult> result = new CompletableFuture<>();

  // guarded by the queue's lock
  @Nullable Generation generation;
  boolean admitted;
  boolean cancelled;
  double charged;

  QueuedGeneration(GenerationQueue queue, GenerationRequest request, long number) {
    this.queue = queue;
    this.request = request;
    this.number = number;
  }

  /** 1 is next; 0 where the model has it already. */
  public int position() {
    return queue.position(this);
  }

  /** How long until the model begins it; empty where it has. */
  public Optional<Duration> estimate() {
    return queue.estimate(this);
  }

  /** Takes it out of the queue at once, or ends it within one step of the model. */
  public void cancel() {
    queue.cancel(this);
  }

  /**
   * Completes when the model has ended it; is cancelled where it was still waiting; fails with what
   * the model or the prompt failed with.
   */
  public CompletableFuture<GenerationResult> result() {
    return result;
  }
}
