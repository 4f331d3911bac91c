package dev.parley.background;

import dev.parley.conversation.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Conversations left alone for a while because work on them failed. Confined to one thread. */
final class Resting {
  private static final Duration PAUSE = Duration.ofMinutes(30);

  private final InstantSource clock;
  private final Map<ConversationId, Instant> until = new HashMap<>();

  Resting(InstantSource clock) {
    this.clock = clock;
  }

  void rest(ConversationId id) {
    until.put(id, clock.instant().plus(PAUSE));
  }

  boolean rests(ConversationId id) {
    until.values().removeIf(end -> !end.isAfter(clock.instant()));
    return until.containsKey(id);
  }
}
