package dev.parley.queue;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.queue.GenerationRequest.Priority;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who is next: a fair share among places, then among the people in them. Not thread-safe. */
final class FairOrder {
  private final FairShare<PlaceId> places;
  private final Map<PlaceId, FairShare<PersonId>> people = new HashMap<>();

  FairOrder() {
    places = new FairShare<>();
  }

  FairOrder(FairOrder other) {
    places = new FairShare<>(other.places);
    other.people.forEach((place, share) -> people.put(place, new FairShare<>(share)));
  }

  Optional<QueuedGeneration> next(Collection<QueuedGeneration> candidates) {
    return candidates.stream().min(order());
  }

  void begin(GenerationRequest request, double cost) {
    if (request.priority() == Priority.ANSWER) {
      places.begin(request.place(), cost);
      people(request.place()).begin(request.person(), cost);
    }
  }

  void correct(GenerationRequest request, double difference) {
    if (request.priority() == Priority.ANSWER) {
      places.correct(request.place(), difference);
      people(request.place()).correct(request.person(), difference);
    }
  }

  private Comparator<QueuedGeneration> order() {
    return Comparator.<QueuedGeneration, Priority>comparing(q -> q.request.priority())
        .thenComparingDouble(q -> places.start(q.request.place()))
        .thenComparing(q -> q.request.place().id())
        .thenComparingDouble(q -> people(q.request.place()).start(q.request.person()))
        .thenComparingLong(q -> q.number);
  }

  private FairShare<PersonId> people(PlaceId place) {
    return people.computeIfAbsent(place, key -> new FairShare<>());
  }
}
