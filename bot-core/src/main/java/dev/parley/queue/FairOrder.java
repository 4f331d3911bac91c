package dev.parley.queue;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.queue.FairShare.Flow;
import dev.parley.queue.GenerationRequest.Priority;
import dev.parley.queue.Line.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Who waits, who runs, and who is next: a fair share among places, then among the people in them,
 * background work last. Somebody who waits in many places has one share in all, not one in each.
 * Costs the logarithm of those who wait. Not thread-safe.
 */
final class FairOrder {
  private final int runningPerPerson;

  /** Places and people side by side, in one virtual time. */
  private final FairShare<Record> shares;

  /** Where somebody waits or is answered; who left a place has no past in it. */
  private final Map<PlaceId, Room> rooms = new HashMap<>();

  private final Map<PersonId, Set<Line>> lines = new HashMap<>();
  private final Set<QueuedGeneration> background = new LinkedHashSet<>();
  private final Map<QueuedGeneration, Running> running = new LinkedHashMap<>();
  private final Map<PersonId, Integer> runningOf = new HashMap<>();
  private final Set<Long> conversations = new HashSet<>();

  /** A line's newest ticket may come too late, which is seen when it is taken; never too early. */
  private final PriorityQueue<Ticket> tickets = new PriorityQueue<>();

  private int answers;
  private long turns;

  /** A place. */
  private static final class Room {
    final FairShare<PersonId> people;
    final Map<PersonId, Line> lines = new LinkedHashMap<>();
    int running;
    long turn;

    Room(long turn, FairShare<PersonId> people) {
      this.turn = turn;
      this.people = people;
    }
  }

  /** What was assumed when it began. */
  private record Running(List<Flow> shares, List<Flow> inPlace, long charged) {}

  FairOrder(int runningPerPerson) {
    this.runningPerPerson = runningPerPerson;
    this.shares = new FairShare<>();
  }

  /** A copy to play with. */
  FairOrder(FairOrder other) {
    runningPerPerson = other.runningPerPerson;
    shares = new FairShare<>(other.shares);
    other.rooms.forEach(
        (place, room) -> {
          Room copy = new Room(room.turn, new FairShare<>(room.people));
          copy.running = room.running;
          rooms.put(place, copy);
          for (Line line : room.lines.values()) {
            line(copy, place, line.person).waiting.addAll(line.waiting);
          }
        });
    background.addAll(other.background);
    other.running.forEach((queued, was) -> running.put(queued, resumed(queued.request, was)));
    runningOf.putAll(other.runningOf);
    conversations.addAll(other.conversations);
    answers = other.answers;
    turns = other.turns;
    rooms.values().forEach(room -> room.lines.values().forEach(this::claim));
  }

  void add(QueuedGeneration queued) {
    GenerationRequest request = queued.request;
    if (request.priority() == Priority.BACKGROUND) {
      background.add(queued);
      return;
    }
    Line line = line(room(request.place()), request.place(), request.person());
    line.waiting.add(queued);
    answers++;
    if (line.ticket == null) {
      claim(line);
    }
  }

  /** Takes out one that waits; returns whether it did. */
  boolean remove(QueuedGeneration queued) {
    GenerationRequest request = queued.request;
    if (request.priority() == Priority.BACKGROUND) {
      return background.remove(queued);
    }
    Room room = rooms.get(request.place());
    if (room == null) {
      return false;
    }
    Line line = room.lines.get(request.person());
    if (line == null || !line.waiting.remove(queued)) {
      return false;
    }
    answers--;
    if (line.waiting.isEmpty()) {
      unclaim(line);
      shares.giveBack(line.shares);
      room.people.giveBack(line.inPlace);
      room.lines.remove(line.person);
      lines.computeIfPresent(
          line.person, (key, all) -> all.remove(line) && all.isEmpty() ? null : all);
      forgetIfEmpty(request.place(), room);
    }
    return true;
  }

  /**
   * The next one that may run now; it goes on waiting. Background work runs only while nobody
   * waits, and leaves a slot free for people.
   *
   * @param slots free ones
   */
  Optional<QueuedGeneration> next(int slots) {
    if (slots <= 0) {
      return Optional.empty();
    }
    if (answers > 0) {
      return nextAnswer();
    }
    return slots > 1 || running.isEmpty()
        ? background.stream().filter(this::conversationIsFree).findFirst()
        : Optional.empty();
  }

  /** One that waits begins, and is thought to cost so many tokens. */
  void begin(QueuedGeneration queued, long cost) {
    GenerationRequest request = queued.request;
    conversations.add(request.conversation());
    if (request.priority() == Priority.BACKGROUND) {
      background.remove(queued);
      running.put(queued, new Running(List.of(), List.of(), 0));
      return;
    }
    Room room = room(request.place());
    Line line = line(room, request.place(), request.person());
    shares.begin(line.shares, cost);
    room.people.begin(line.inPlace, cost);
    running.put(queued, new Running(line.shares, line.inPlace, cost));
    runningOf.merge(request.person(), 1, Integer::sum);
    room.running++;
    room.turn = ++turns;
    remove(queued);
  }

  /** One that ran ended, and did cost so much. */
  void end(QueuedGeneration queued, long cost) {
    GenerationRequest request = queued.request;
    Running was = running.remove(queued);
    if (was == null) {
      return;
    }
    conversations.remove(request.conversation());
    Room room = room(request.place());
    if (request.priority() == Priority.ANSWER) {
      runningOf.computeIfPresent(request.person(), (key, count) -> count == 1 ? null : count - 1);
      shares.end(was.shares, was.charged, cost, rooms.size());
      room.people.end(was.inPlace, was.charged, cost, room.people.inUse());
      room.running--;
    }
    List<Line> freed = new ArrayList<>(room.lines.values());
    freed.addAll(lines.getOrDefault(request.person(), Set.of()));
    for (Line line : freed) {
      if (line.ticket == null || cost < was.charged) {
        claim(line);
      }
    }
    forgetIfEmpty(request.place(), room);
  }

  boolean waits(QueuedGeneration queued) {
    GenerationRequest request = queued.request;
    Room room = rooms.get(request.place());
    Line line = room == null ? null : room.lines.get(request.person());
    return background.contains(queued) || (line != null && line.waiting.contains(queued));
  }

  /** How many answers wait. */
  int answers() {
    return answers;
  }

  /** How many pieces of background work wait. */
  int background() {
    return background.size();
  }

  /** What a person waits for, oldest first in each place. */
  List<QueuedGeneration> waiting(PersonId person) {
    return lines.getOrDefault(person, Set.of()).stream()
        .flatMap(line -> line.waiting.stream())
        .toList();
  }

  /** All that wait. */
  List<QueuedGeneration> waiting() {
    List<QueuedGeneration> all = new ArrayList<>(background);
    lines.values().forEach(some -> some.forEach(line -> all.addAll(line.waiting)));
    return all;
  }

  /** All that run, in the order they began. */
  List<QueuedGeneration> running() {
    return List.copyOf(running.keySet());
  }

  private Optional<QueuedGeneration> nextAnswer() {
    while (!tickets.isEmpty()) {
      Ticket ticket = tickets.peek();
      Line line = ticket.line();
      Optional<QueuedGeneration> mayRun =
          ticket.equals(line.ticket) ? mayRun(line) : Optional.empty();
      if (mayRun.isPresent() && ticket(line, mayRun.get()).compareTo(ticket) <= 0) {
        return mayRun;
      }
      tickets.remove();
      if (ticket.equals(line.ticket)) {
        if (mayRun.isEmpty()) {
          unclaim(line);
        }
        mayRun.ifPresent(queued -> claim(line));
      }
    }
    return Optional.empty();
  }

  /** Gives a line a ticket, instead of the one it has, where something of it may run. */
  private void claim(Line line) {
    Optional<QueuedGeneration> first = mayRun(line);
    if (first.isEmpty()) {
      unclaim(line);
      return;
    }
    if (line.ticket == null) {
      shares.claim(line.shares);
      room(line.place).people.claim(line.inPlace);
    }
    line.ticket = ticket(line, first.get());
    tickets.add(line.ticket);
  }

  private void unclaim(Line line) {
    if (line.ticket != null) {
      shares.unclaim(line.shares);
      room(line.place).people.unclaim(line.inPlace);
      line.ticket = null;
    }
  }

  private Optional<QueuedGeneration> mayRun(Line line) {
    if (runningOf.getOrDefault(line.person, 0) >= runningPerPerson) {
      return Optional.empty();
    }
    for (QueuedGeneration queued : line.waiting) { // no stream: the forecast comes here often
      if (conversationIsFree(queued)) {
        return Optional.of(queued);
      }
    }
    return Optional.empty();
  }

  private boolean conversationIsFree(QueuedGeneration queued) {
    return !conversations.contains(queued.request.conversation());
  }

  private Ticket ticket(Line line, QueuedGeneration first) {
    Room room = room(line.place);
    return new Ticket(
        line, shares.start(line.shares), room.turn, room.people.start(line.inPlace), first.number);
  }

  private Running resumed(GenerationRequest request, Running was) {
    if (request.priority() == Priority.BACKGROUND) {
      return was;
    }
    FairShare<PersonId> people = room(request.place()).people;
    return new Running(
        List.of(shares.use(request.place()), shares.use(request.person())),
        List.of(people.use(request.person())),
        was.charged);
  }

  private Room room(PlaceId place) {
    return rooms.computeIfAbsent(place, key -> new Room(++turns, new FairShare<>()));
  }

  private Line line(Room room, PlaceId place, PersonId person) {
    return room.lines.computeIfAbsent(
        person,
        key -> {
          Line line =
              new Line(
                  place,
                  person,
                  List.of(shares.use(place), shares.use(person)),
                  List.of(room.people.use(person)));
          lines.computeIfAbsent(person, one -> new LinkedHashSet<>()).add(line);
          return line;
        });
  }

  private void forgetIfEmpty(PlaceId place, Room room) {
    if (room.lines.isEmpty() && room.running == 0) {
      rooms.remove(place);
    }
  }
}
