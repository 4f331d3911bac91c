package dev.parley.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forecast that holds now. One is made at a time, and only those who ask wait for it: whoever
 * asks must not hold the queue's lock. Thread-safe.
 */
final class Forecasts {
  /** Everybody who waits asks once a second: one forecast serves them all. */
  private static final Duration HOLDS = Duration.ofSeconds(1);

  /** On a busy machine: forecasts take a tenth of the time at most. */
  private static final int PAUSES = 9;

  private final Supplier<Forecast> play;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  // both: guarded by lock
  private @Nullable Forecast last;
  private Instant until = Instant.MIN;

  /**
   * @param play makes one, of the queue as it is
   */
  Forecasts(Supplier<Forecast> play, InstantSource clock) {
    this.play = play;
    this.clock = clock;
  }

  /** One that knows a request, where that still waits. */
  Forecast of(QueuedGeneration queued) {
    lock.lock();
    try {
      Forecast current = last;
      if (current == null || current.of(queued).isEmpty() || isOver(current)) {
        current = play.get();
        Instant done = clock.instant();
        Duration took = Duration.between(current.madeAt(), done);
        until = done.plus(Collections.max(List.of(HOLDS, took.multipliedBy(PAUSES))));
        last = current;
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** Also where the clock was put back. */
  private boolean isOver(Forecast forecast) {
    Instant now = clock.instant();
    return now.isBefore(forecast.madeAt()) || now.isAfter(until);
  }
}
