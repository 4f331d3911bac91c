package dev.parley.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's time, some times as fast: so that nobody waits for the pace of a chat. */
final class FastTime implements InstantSource, Timing.Sleeper {
  private static final int FACTOR = 100;

  /** Of the machine's own time, since calls do not become quicker. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Instant origin = Instant.now();
  private final long start = System.nanoTime();

  @Override
  public Instant instant() {
    return origin.plusNanos((System.nanoTime() - start) * FACTOR);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration.dividedBy(FACTOR));
  }

  Timing timing() {
    return new Timing(this, () -> (System.nanoTime() - start) * FACTOR, this, TIMEOUT);
  }
}
