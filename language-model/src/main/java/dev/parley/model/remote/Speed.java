package dev.parley.model.remote;

import dev.parley.model.Capacity;
import java.time.Duration;

/** The server's speed as its latest answers show it. Guarded by itself. */
final class Speed {
  /** Weight of the newest answer in the moving averages. */
  private static final double NEWEST = 0.3;

  /** Fewer tokens tell more about the network than about the model. */
  private static final int ENOUGH_TOKENS = 8;

  private final int parallel;
  private double prefill = 1000;
  private double decode = 30;

  Speed(int parallel) {
    this.parallel = parallel;
  }

  /** {@code reading} is the time from the request to the first text, {@code writing} the rest. */
  synchronized void measured(
      int readTokens, Duration reading, int writtenTokens, Duration writing) {
    prefill = blend(prefill, readTokens, reading);
    decode = blend(decode, writtenTokens - 1, writing);
  }

  synchronized Capacity capacity() {
    return new Capacity(parallel, prefill, decode);
  }

  private static double blend(double average, int tokens, Duration time) {
    if (tokens < ENOUGH_TOKENS || time.isZero()) {
      return average;
    }
    return average + NEWEST * (tokens / (time.toNanos() / 1e9) - average);
  }
}
