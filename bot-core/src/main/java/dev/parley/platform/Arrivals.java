package dev.parley.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

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

  /**
   * Looks for what may be under way: at once and, where it is not there, after a moment's wait for
   * it.
   *
   * @param where it may arrive
   * @param look finds what is known by now
   */
  public <T> Optional<T> find(Predicate<P> where, Supplier<Optional<T>> look) {
    Optional<T> found = look.get();
    if (found.isPresent()) {
      return found;
    }
    await(where);
    return look.get(); // also where nothing is under way any more: it may have arrived since
  }

  private void await(Predicate<P> where) {
    CompletableFuture<?>[] known =
        underWay.stream()
            .filter(arrival -> where.test(arrival.place))
            .map(arrival -> arrival.known)
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(known)
        .completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
