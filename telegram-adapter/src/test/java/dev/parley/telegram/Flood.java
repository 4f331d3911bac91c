package dev.parley.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Telegram's limits on what a bot sends and edits. Whoever calls a chat that is to be left alone is
 * told to wait twice as long as before. Thread-safe.
 */
final class Flood {
  private static final long ALL = 0;
  private static final Duration SHORTEST = Duration.ofSeconds(3);

  private final InstantSource clock;

  // all below: guarded by this
  private final Map<Long, Deque<Instant>> calls = new HashMap<>();
  private final Map<Long, Penalty> penalties = new HashMap<>();
  private int refused;
  private int ignored;

  private record Penalty(Instant until, Duration length) {}

  /** At most so many calls in a time. */
  private record Window(int calls, Duration time) {
    /** One a second in the long run, and a few more at once. */
    static final Window PRIVATE = new Window(15, Duration.ofSeconds(10));

    static final Window GROUP = new Window(20, Duration.ofMinutes(1));
    static final Window EVERYWHERE = new Window(30, Duration.ofSeconds(1));
  }

  Flood(InstantSource clock) {
    this.clock = clock;
  }

  /** How long a chat must be left alone; empty where the call is allowed. */
  synchronized Optional<Duration> call(long chat) {
    Instant now = clock.instant();
    Penalty penalty = penalties.get(chat);
    if (penalty != null && now.isBefore(penalty.until)) {
      ignored++;
      return Optional.of(refuse(chat, penalty.length.multipliedBy(2)));
    }
    Window window = chat > 0 ? Window.PRIVATE : Window.GROUP;
    Optional<Duration> wait =
        tooMany(chat, window, now).or(() -> tooMany(ALL, Window.EVERYWHERE, now));
    if (wait.isPresent()) {
      return Optional.of(refuse(chat, wait.get()));
    }
    past(chat).add(now);
    past(ALL).add(now);
    return Optional.empty();
  }

  /** Refuses a call; returns the whole seconds to wait. */
  synchronized Duration refuse(long chat, Duration least) {
    Duration wait = Duration.ofSeconds(Math.max(SHORTEST.toSeconds(), least.toSeconds() + 1));
    penalties.put(chat, new Penalty(clock.instant().plus(wait), wait));
    refused++;
    return wait;
  }

  private Optional<Duration> tooMany(long key, Window window, Instant now) {
    Deque<Instant> past = past(key);
    Instant begin = now.minus(window.time);
    while (!past.isEmpty() && !past.peek().isAfter(begin)) {
      past.poll();
    }
    return past.size() < window.calls
        ? Optional.empty()
        : Optional.of(Duration.between(begin, past.element()));
  }

  private Deque<Instant> past(long key) {
    return calls.computeIfAbsent(key, chat -> new ArrayDeque<>());
  }

  synchronized int refused() {
    return refused;
  }

  /** How often a chat was called that was to be left alone: each time the penalty grew. */
  synchronized int ignored() {
    return ignored;
  }
}
