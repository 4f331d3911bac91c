package dev.parley.model.engine;

/**
 * How fast the engine was lately: exponential means, so that a busy machine shows within some
 * steps. Written by the engine thread, read by any.
 */
final class Speed {
  private static final double WEIGHT = 0.1;

  private volatile double prefill = 300;
  private volatile double decodeStepSeconds = 0.05;

  /** A piece of a prompt was read. */
  void read(int tokens, long nanos) {
    prefill = mean(prefill, tokens * 1e9 / Math.max(1, nanos));
  }

  /** A step wrote a token of every answer. */
  void wrote(long nanos) {
    decodeStepSeconds = mean(decodeStepSeconds, nanos / 1e9);
  }

  double prefillTokensPerSecond() {
    return prefill;
  }

  /** For one answer, beside as many others as there were lately. */
  double decodeTokensPerSecond() {
    return 1 / decodeStepSeconds;
  }

  private static double mean(double before, double now) {
    return before + WEIGHT * (now - before);
  }
}
