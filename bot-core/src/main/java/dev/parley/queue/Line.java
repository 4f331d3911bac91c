package dev.parley.queue;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.queue.FairShare.Flow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one person waits for in one place, oldest first. Not thread-safe. */
final class Line {
  final PlaceId place;
  final PersonId person;

  /** The place's share and the person's, among all. */
  final List<Flow> shares;

  /** The person's share among those in the place. */
  final List<Flow> inPlace;

  final Set<QueuedGeneration> waiting = new LinkedHashSet<>();

  /** What stands for it among those who may be next; null while nothing of it may run. */
  @Nullable Ticket ticket;

  Line(PlaceId place, PersonId person, List<Flow> shares, List<Flow> inPlace) {
    this.place = place;
    this.person = person;
    this.shares = shares;
    this.inPlace = inPlace;
  }

  /**
   * A line's claim to be next: the smallest goes first.
   *
   * @param start of place and person, whichever is later
   * @param turn the place that was served or came longest ago breaks a tie among places
   * @param startInPlace of the person among those in the place
   * @param number the oldest request breaks a tie among people
   */
  record Ticket(Line line, long start, long turn, long startInPlace, long number)
      implements Comparable<Ticket> {
    @Override
    public int compareTo(Ticket other) {
      int order = Long.compare(start, other.start);
      order = order != 0 ? order : Long.compare(turn, other.turn);
      order = order != 0 ? order : Long.compare(startInPlace, other.startInPlace);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }
}
