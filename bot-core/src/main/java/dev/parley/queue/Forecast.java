package dev.parley.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * When each of those who wait will begin: the queue's own order played through, several times where
 * few wait, with answers as long as past ones were. What runs is taken to end like those past
 * answers that lasted longer than it has until now; as many newcomers come as came lately.
 * Immutable.
 */
final class Forecast {
  /** No game begins after so many requests were played in all: a few milliseconds. */
  private static final int MOST_PLAYED = 2_000;

  private static final int MOST_GAMES = 16;

  /** Further on nobody can tell. */
  private static final int MOST_NEWCOMERS = 1_000;

  /** Numbers from here on are of people who have not come. */
  private static final long IMAGINED = Long.MAX_VALUE / 2;

  /** Multiples of it fall evenly into every part of 0 to 1 (Weyl's sequence). */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** The same between games, out of step with it. */
  private static final double SILVER = Math.sqrt(2) - 1;

  private final Map<QueuedGeneration, Place> places = new HashMap<>();
  private final Instant madeAt;
  private final int played;

  /** Where a waiting request stands. */
  record Place(int position, double seconds) {}

  /** One that runs, imagined. */
  private record End(double at, QueuedGeneration queued) {}

  /**
   * Plays it through.
   *
   * @param order a copy of the queue's own, which nobody changes meanwhile
   * @param seconds how long answers took lately, shortest first
   * @param cost what each is thought to cost, in tokens
   * @param newcomersPerSecond how many people are thought to come
   */
  Forecast(
      GenerationQueue queue,
      FairOrder order,
      int parallel,
      double[] seconds,
      long cost,
      double newcomersPerSecond,
      Instant now) {
    madeAt = now;
    Map<QueuedGeneration, Double> sums = new HashMap<>();
    int games = 0;
    int played = 0;
    do {
      Game one = new Game(queue, seconds, games++ * SILVER % 1, newcomersPerSecond);
      one.play(new FairOrder(order), Math.max(1, parallel), cost, now)
          .forEach((queued, start) -> sums.merge(queued, start, Double::sum));
      played += one.played;
    } while (games < MOST_GAMES && played < MOST_PLAYED);
    this.played = played;
    List<Map.Entry<QueuedGeneration, Double>> sorted =
        sums.entrySet().stream()
            .sorted(
                Map.Entry.<QueuedGeneration, Double>comparingByValue()
                    .thenComparing(Map.Entry::getKey, Comparator.comparingLong(q -> q.number)))
            .toList();
    for (int i = 0; i < sorted.size(); i++) {
      places.put(sorted.get(i).getKey(), new Place(i + 1, sorted.get(i).getValue() / games));
    }
  }

  /** As of when it tells. */
  Instant madeAt() {
    return madeAt;
  }

  /** How many requests were played in all. */
  int played() {
    return played;
  }

  Optional<Place> of(QueuedGeneration queued) {
    return Optional.ofNullable(places.get(queued));
  }

  /** How long from now until it begins. */
  Duration until(Place place, Instant now) {
    Duration left =
        Duration.ofNanos((long) (place.seconds * 1e9)).minus(Duration.between(madeAt, now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** One way it may go. */
  private static final class Game {
    private final GenerationQueue queue;
    private final double[] seconds;
    private double chance;
    private final double newcomersPerSecond;
    private int played;

    Game(GenerationQueue queue, double[] seconds, double chance, double newcomersPerSecond) {
      this.queue = queue;
      this.seconds = seconds;
      this.chance = chance;
      this.newcomersPerSecond = newcomersPerSecond;
    }

    /** Returns the seconds until each that waits begins. */
    Map<QueuedGeneration, Double> play(FairOrder order, int parallel, long cost, Instant now) {
      Map<QueuedGeneration, Double> starts = new HashMap<>();
      PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparingDouble(End::at));
      for (QueuedGeneration running : order.running()) {
        ends.add(new End(left(Duration.between(running.admittedAt, now)), running));
      }
      int waiting = order.answers() + order.background();
      int newcomers = 0;
      double time = 0;
      while (true) {
        for (Optional<QueuedGeneration> next = order.next(parallel - ends.size());
            next.isPresent();
            next = order.next(parallel - ends.size())) {
          order.begin(next.get(), cost);
          played++;
          if (next.get().number < IMAGINED) {
            starts.put(next.get(), time);
          }
          ends.add(new End(time + seconds[drawFrom(0)], next.get()));
        }
        End end = ends.poll();
        if (end == null || starts.size() == waiting) {
          return starts;
        }
        time = end.at;
        while (newcomers < MOST_NEWCOMERS && newcomers + 1 <= time * newcomersPerSecond) {
          GenerationRequest imagined = Newcomers.imagined(newcomers);
          order.add(new QueuedGeneration(queue, imagined, result -> {}, IMAGINED + newcomers++));
        }
        order.end(end.queued, cost);
      }
    }

    /** How long one that has run for some time still runs. */
    private double left(Duration sinceAdmission) {
      double elapsed = sinceAdmission.toNanos() / 1e9;
      int found = Arrays.binarySearch(seconds, elapsed);
      int longer = found < 0 ? -found - 1 : found;
      return longer < seconds.length
          ? Math.max(0, seconds[drawFrom(longer)] - elapsed)
          : seconds[drawFrom(0)]; // longer than ever: who knows
    }

    private int drawFrom(int least) {
      chance = (chance + GOLDEN) % 1;
      return least + (int) (chance * (seconds.length - least));
    }
  }
}
