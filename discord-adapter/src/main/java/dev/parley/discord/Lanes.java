package dev.parley.discord;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Work on virtual threads, that of one lane in its order. Thread-safe. */
final class Lanes {
  private final Executor threads = task -> Thread.ofVirtual().name("discord-event").start(task);
  private final Map<Long, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

  /**
   * Does something after all that was given for the same lane before.
   *
   * @param task whose failure stops no later one
   */
  void run(long lane, Runnable task) {
    CompletableFuture<Void> end =
        ends.compute(
            lane,
            (key, before) ->
                (before == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : before.exceptionally(failed -> null))
                    .thenRunAsync(task, threads));
    CompletableFuture<Void> _ = end.whenComplete((nothing, error) -> ends.remove(lane, end));
  }
}
