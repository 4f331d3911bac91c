package dev.parley.watch;

import java.time.Duration;

/** How many times fell below each bound, as Prometheus counts them. Thread-safe. */
public final class Histogram {
  private static final double[] SECONDS = {
    0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, Double.POSITIVE_INFINITY
  };

  // guarded by this
  private final long[] counts = new long[SECONDS.length];
  private double sum;

  /** Counts one. */
  public synchronized void add(Duration time) {
    double seconds = time.toNanos() / 1e9;
    sum += seconds;
    for (int i = 0; i < SECONDS.length; i++) {
      if (seconds <= SECONDS[i]) {
        counts[i]++;
      }
    }
  }

  /** The lines after the head of a metric of that name. */
  synchronized void print(String name, StringBuilder out) {
    for (int i = 0; i < SECONDS.length; i++) {
      String bound = Double.isInfinite(SECONDS[i]) ? "+Inf" : String.valueOf(SECONDS[i]);
      out.append(name + "_bucket{le=\"" + bound + "\"} " + counts[i] + "\n");
    }
    out.append(name + "_sum " + sum + "\n");
    out.append(name + "_count " + counts[SECONDS.length - 1] + "\n");
  }
}
