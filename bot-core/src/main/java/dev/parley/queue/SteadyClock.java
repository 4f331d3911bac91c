package dev.parley.queue;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time when it was made and what passed since: how long something took, on a machine whose
 * clock may be put forward or back meanwhile. Immutable.
 */
final class SteadyClock implements InstantSource {
  private final Instant begin;
  private final Ticker ticker;
  private final long first;

  SteadyClock(Instant begin, Ticker ticker) {
    this.begin = begin;
    this.ticker = ticker;
    this.first = ticker.read();
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(ticker.read() - first);
  }
}
