package dev.parley.model.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * How many threads compute a step: all there are, or fewer while other processes want the cores. A
 * step waits for the slowest of its threads hundreds of times, so that one thread that shares its
 * core makes all of them as slow. Now and then a neighbouring number is tried for a few steps and
 * kept if they are quicker. Confined to the engine thread; its clock is the time of the steps.
 */
final class ThreadCount {
  private static final int SAMPLES = 5;

  /** The first step after a change makes or ends threads. */
  private static final int IGNORED = 1;

  /** A try must win by so much, or chance would decide. */
  private static final double WINS_BY = 0.9;

  private static final long SHORTEST_REST = 1_000_000_000L;
  private static final long LONGEST_REST = 8_000_000_000L;

  private final List<Integer> levels;
  private final IntConsumer setter;
  private final long[] samples = new long[SAMPLES];
  private int level;
  private int home;
  private int next = 1;
  private int batch;
  private int steps;
  private long homeNanos;
  private long rest = SHORTEST_REST;
  private long rested;

  /**
   * @param most threads there may be, which is what is set at first
   * @param setter sets how many compute from now on
   */
  ThreadCount(int most, IntConsumer setter) {
    this.levels =
        Stream.of(most, most - 1, most / 2, 1).filter(n -> n > 0).distinct().sorted().toList();
    this.setter = setter;
    this.level = levels.size() - 1;
    this.home = level;
  }

  /** A step wrote a token of so many answers. */
  void wrote(int answers, long nanos) {
    rested += nanos;
    if (answers != batch) { // steps of another size say nothing about these
      batch = answers;
      steps = 0;
      set(home);
    }
    if (steps >= IGNORED) {
      samples[(steps - IGNORED) % SAMPLES] = nanos;
    }
    steps++;
    if (steps < IGNORED + SAMPLES) {
      return;
    }
    if (level != home) {
      decide();
    } else if (rested >= rest && levels.size() > 1) {
      homeNanos = median();
      set(neighbour());
    }
  }

  private void decide() {
    if (median() < homeNanos * WINS_BY) {
      home = level;
      rest = SHORTEST_REST;
      next = level > 0 ? next : 1;
    } else {
      next = -next;
      rest = Math.min(LONGEST_REST, rest * 2);
      set(home);
    }
    rested = 0;
    steps = 0;
  }

  /** Upwards and downwards in turn, where there is one. */
  private int neighbour() {
    boolean inside = home + next >= 0 && home + next < levels.size();
    return inside ? home + next : home - next;
  }

  private void set(int to) {
    if (to != level) {
      level = to;
      steps = 0;
      setter.accept(levels.get(to));
    }
  }

  private long median() {
    long[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted[SAMPLES / 2];
  }

  /** Back to all of them, for whoever computes next. */
  void reset() {
    set(levels.size() - 1);
  }
}
