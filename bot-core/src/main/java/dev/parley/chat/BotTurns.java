package dev.parley.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.PlaceId;

/**
 * How often bots were answered in a place since a person was: two programs that answer each other
 * would never end. Kept in memory, as a restart adds no more than as many turns. Thread-safe.
 */
final class BotTurns {
  /** Enough for a game or a question between two bots, and soon over where they only go in turn. */
  static final int MOST = 5;

  private static final int MOST_PLACES = 100_000;

  private final Cache<PlaceId, Integer> turns =
      Caffeine.newBuilder().maximumSize(MOST_PLACES).build();

  /** A person is answered: bots may follow again. */
  void person(PlaceId place) {
    turns.invalidate(place);
  }

  /** Whether a bot may be answered once more. */
  boolean mayGoOn(PlaceId place) {
    return turns.asMap().getOrDefault(place, 0) < MOST;
  }

  /** A bot is answered; returns whether that was the last time. */
  boolean isLast(PlaceId place) {
    return turns.asMap().merge(place, 1, Integer::sum) >= MOST;
  }
}
