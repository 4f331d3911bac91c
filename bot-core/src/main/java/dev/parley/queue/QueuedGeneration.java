package dev.parley.queue;

import dev.parley.model.Generation;
import dev.parley.model.GenerationResult;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request in the queue, then in the model. Thread-safe. */
public final class QueuedGeneration {
  private final GenerationQueue queue;
  final GenerationRequest request;
  final Consumer<GenerationResult> store;
  final long number;
  final CompletableFuture<GenerationResult> result = new CompletableFuture<>();

  /**
   * Pieces of thought and text so far, which are about tokens; one thread of the model at a time
   * counts.
   */
  volatile int heard;

  // guarded by the queue's lock
  @Nullable Generation generation;
  Instant queuedAt = Instant.MAX;
  Instant admittedAt = Instant.MAX;
  boolean cancelled;

  QueuedGeneration(
      GenerationQueue queue,
      GenerationRequest request,
      Consumer<GenerationResult> store,
      long number) {
    this.queue = queue;
    this.request = request;
    this.store = store;
    this.number = number;
  }

  /**
   * 1 is next; 0 where the model has it already. As of a second ago, or longer on a busy machine.
   */
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
   * Completes when the model has ended it and its answer is stored; is cancelled where it was still
   * waiting; fails with what the model, the prompt or the storing failed with, and with {@link
   * QueueClosedException} where the queue was closed before.
   */
  public CompletableFuture<GenerationResult> result() {
    return result;
  }

  /** Counts what the request's own listener hears. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time, as TextListener promises
  TextListener listener() {
    return new TextListener() {
      @Override
      public void text(String piece) {
        heard++;
        request.listener().text(piece);
      }

      @Override
      public void thought(String piece) {
        heard++;
        request.listener().thought(piece);
      }
    };
  }
}
