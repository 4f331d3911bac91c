package dev.parley.platform;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Messages on their way to a platform: people see one, and may press its buttons or reply to it,
 * before the platform has said which number it has. Thread-safe.
 *
 * @param <P> where messages arrive
 */
public final class Arrivals<P> {
  /** A press is to be answered within a second. */
  private static final Duration LONGEST = Duration.ofMillis(800);

  private final Set<Arrival> underWay = ConcurrentHashMap.newKeySet();

  /** A message that is being sent; closed once its number is known here, or it is given up. */
  public final class Arrival implements AutoCloseable {
    private final P place;
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    private Arrival(P place) {
      this.place = place;
    }

    @Override
    public void close() {
      underWay.remove(this);
      known.complete(null);
    }
  }

  /** A message is about to be sent. */
  public Arrival begin(P place) {
    Arrival arrival = new Arrival(place);
    underWay.add(arrival);
    return arrival;
  }

  /** Waits a moment for what is under way; returns whether there was anything. */
  public boolean await(Predicate<P> where) {
    CompletableFuture<?>[] known =
        underWay.stream()
            .filter(arrival -> where.test(arrival.place))
            .map(arrival -> arrival.known)
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(known)
        .completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    return known.length > 0;
  }
}
