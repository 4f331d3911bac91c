package dev.parley.queue;

import java.util.HashMap;
import java.util.Map;

/**
 * Start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996): each flow's next request starts,
 * in virtual time, where its last one ended, but not before now; the smallest start goes first. A
 * flow that was idle gains nothing, and one that sends much delays only itself. Not thread-safe.
 *
 * @param <K> names a flow
 */
final class FairShare<K> {
  private static final int MOST_IDLE_FLOWS = 10_000;

  private final Map<K, Double> finish = new HashMap<>();
  private double now;

  FairShare() {}

  FairShare(FairShare<K> other) {
    finish.putAll(other.finish);
    now = other.now;
  }

  /** When the flow's next request would start. */
  double start(K flow) {
    return Math.max(now, finish.getOrDefault(flow, 0.0));
  }

  /** The flow's next request begins and is thought to cost so much. */
  void begin(K flow, double cost) {
    now = start(flow);
    finish.put(flow, now + cost);
    if (finish.size() > MOST_IDLE_FLOWS) {
      finish.values().removeIf(end -> end <= now);
    }
  }

  /** It cost more or less than was thought. */
  void correct(K flow, double difference) {
    finish.computeIfPresent(flow, (key, end) -> end + difference);
  }
}
