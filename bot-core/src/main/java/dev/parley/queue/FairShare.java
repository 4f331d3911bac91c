package dev.parley.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fair queueing by start times (Goyal, Vin and Cheng, SIGCOMM 1996) in front of a server that runs
 * several at once (Jin, Chase and Kaur, SIGMETRICS 2004): a flow's next request starts, in virtual
 * time, after the work its earlier ones cost; the smallest start goes first. Who sends much delays
 * only themselves. A flow that asked for nothing meanwhile gains nothing: it goes on from now,
 * which moves by the work done divided among those who share (Parekh and Gallager, 1993). So who
 * comes later cannot overtake without end. A request is charged with what it is thought to cost
 * until it ends with what it did cost. Costs are whole tokens: equal is equal. Not thread-safe.
 *
 * @param <K> names a flow
 */
final class FairShare<K> {
  private static final int FEW = 1_000;

  private final Map<K, Flow> flows = new HashMap<>();
  private long now;
  private long undivided;
  private int inUse;
  private int many = FEW;

  /** One who shares. */
  static final class Flow {
    private long settled;
    private long charged;
    private int claims;
    private int users;

    private long start() {
      return settled + charged;
    }
  }

  FairShare() {}

  /** A copy in which nobody claims or uses anything yet. */
  FairShare(FairShare<K> other) {
    other.flows.forEach(
        (key, flow) -> {
          Flow copy = new Flow();
          copy.settled = flow.settled;
          copy.charged = flow.charged;
          flows.put(key, copy);
        });
    now = other.now;
    undivided = other.undivided;
  }

  /** The flow of that name, which is kept until it is given back. */
  Flow use(K key) {
    Flow flow = flows.computeIfAbsent(key, unknown -> new Flow());
    inUse += flow.users++ == 0 ? 1 : 0;
    return flow;
  }

  /** How many flows are in use. */
  int inUse() {
    return inUse;
  }

  void giveBack(List<Flow> used) {
    for (Flow flow : used) {
      inUse -= --flow.users == 0 ? 1 : 0;
    }
    if (flows.size() > many) {
      flows.values().removeIf(flow -> flow.users == 0 && flow.settled <= now);
      many = Math.max(FEW, 2 * flows.size());
    }
  }

  /** When the next request of these flows together would start. */
  long start(List<Flow> together) {
    long latest = now;
    for (Flow flow : together) {
      latest = Math.max(latest, flow.start());
    }
    return latest;
  }

  /** Something of these flows may run from now on. */
  void claim(List<Flow> together) {
    for (Flow flow : together) {
      if (flow.claims++ == 0) {
        flow.settled = Math.max(flow.settled, now);
      }
    }
  }

  /** What claimed does not any more. */
  void unclaim(List<Flow> together) {
    together.forEach(flow -> flow.claims--);
  }

  /** A request of these flows begins and is thought to cost so much. */
  void begin(List<Flow> together, long cost) {
    for (Flow flow : together) {
      flow.charged += cost;
      flow.users++;
    }
  }

  /**
   * A request ended that was charged with so much, and did cost so much.
   *
   * @param sharing how many share
   */
  void end(List<Flow> together, long charged, long cost, int sharing) {
    undivided += cost;
    now += undivided / sharing;
    undivided %= sharing;
    for (Flow flow : together) {
      flow.charged -= charged;
      flow.settled += cost;
    }
    giveBack(together);
  }
}
