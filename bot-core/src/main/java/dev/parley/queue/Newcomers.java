package dev.parley.queue;

import dev.parley.model.TextListener;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.queue.GenerationRequest.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many people come who had nothing in the queue: they go before those who wait for more than
 * their share. Guarded by the queue's lock.
 */
final class Newcomers {
  private static final int KEPT = 1_024;

  /** A crowd that comes at once is not thought to go on coming. */
  private static final Duration SHORTEST_TIME = Duration.ofHours(1);

  private final Deque<Instant> arrivals = new ArrayDeque<>();

  void arrived(Instant now) {
    arrivals.add(now);
    if (arrivals.size() > KEPT) {
      arrivals.remove();
    }
  }

  double perSecond(Instant now) {
    if (arrivals.isEmpty()) {
      return 0;
    }
    Duration time = Duration.between(arrivals.getFirst(), now);
    Duration atLeast = time.compareTo(SHORTEST_TIME) < 0 ? SHORTEST_TIME : time;
    return arrivals.size() / (atLeast.toNanos() / 1e9);
  }

  /** Somebody who may come, each in a place of their own. */
  static GenerationRequest imagined(int number) {
    return new GenerationRequest(
        new PersonId("forecast", String.valueOf(number)),
        new PlaceId("forecast", String.valueOf(number)),
        Long.MIN_VALUE + number,
        Priority.ANSWER,
        () -> {
          throw new IllegalStateException("nobody asked");
        },
        TextListener.NONE);
  }
}
