package dev.parley.telegram;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How time passes here: the machine's, or a quicker one of a test. Thread-safe.
 *
 * @param clock says what time it is, and may be put forward or back
 * @param ticker says how much time has passed
 * @param sleeper lets time pass
 * @param timeout most that one call may take, of the machine's own time
 */
record Timing(InstantSource clock, Ticker ticker, Sleeper sleeper, Duration timeout) {
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /** The machine's. */
  static Timing real(InstantSource clock) {
    return new Timing(clock, Ticker.systemTicker(), Thread::sleep, TIMEOUT);
  }
}
