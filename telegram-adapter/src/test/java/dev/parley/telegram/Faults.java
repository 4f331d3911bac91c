package dev.parley.telegram;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Which calls fail: those a test names, and a share of all others. Thread-safe. */
final class Faults {
  // all below: guarded by this
  private final Map<String, Deque<Fault>> planned = new HashMap<>();
  private Random random = new Random(0);
  private double share;
  private long happened;
  private boolean cut;

  /** The next calls of a method fail like this. */
  synchronized void plan(String method, Fault... plan) {
    planned.computeIfAbsent(method, key -> new ArrayDeque<>()).addAll(List.of(plan));
  }

  /** From now on a share of all calls fails somehow. */
  synchronized void some(double share, long seed) {
    this.share = share;
    random = new Random(seed);
  }

  /** Whether no call comes through any more. */
  synchronized void cut(boolean is) {
    cut = is;
  }

  synchronized boolean isCut() {
    return cut;
  }

  synchronized Optional<Fault> next(String method) {
    Deque<Fault> plan = planned.getOrDefault(method, new ArrayDeque<>());
    // without getMe no bot starts, which is for whoever starts it to see
    if (!plan.isEmpty() || method.equals("getMe") || random.nextDouble() >= share) {
      return Optional.ofNullable(plan.poll());
    }
    List<Fault> fitting =
        Arrays.stream(Fault.values()).filter(fault -> fault.fits(method)).toList();
    happened++;
    return Optional.of(fitting.get(random.nextInt(fitting.size())));
  }

  /** How many calls failed that no test named. */
  synchronized long happened() {
    return happened;
  }
}
