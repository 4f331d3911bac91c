package dev.parley.discord;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Which calls fail: those a test names, and a share of all others. Thread-safe. */
final class Faults {
  private static final List<Fault> ALL = List.of(Fault.values());

  // all below: guarded by this
  private final Map<String, Deque<Fault>> planned = new HashMap<>();
  private Random random = new Random(0);
  private double share;
  private long happened;
  private boolean cut;

  /**
   * The next calls of a route fail like this.
   *
   * @param route the method and the path as the description writes it
   */
  synchronized void plan(String route, Fault... plan) {
    planned.computeIfAbsent(route, key -> new ArrayDeque<>()).addAll(List.of(plan));
  }

  /** From now on a share of the calls about messages fails somehow. */
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

  synchronized Optional<Fault> next(String route) {
    Deque<Fault> plan = planned.getOrDefault(route, new ArrayDeque<>());
    if (!plan.isEmpty() || !route.contains("/channels") || random.nextDouble() >= share) {
      return Optional.ofNullable(plan.poll());
    }
    happened++;
    Fault fault = ALL.get(random.nextInt(ALL.size()));
    boolean tooOften = fault == Fault.TOO_MANY_IN_ALL && random.nextInt(ALL.size()) > 0;
    return Optional.of(tooOften ? Fault.TOO_MANY : fault);
  }

  /** How many calls failed that no test named. */
  synchronized long happened() {
    return happened;
  }
}
