package dev.parley.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.telegram.Limits.Rate;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Holds each chat, and all together, to what Telegram allows. A generic cell rate algorithm: a chat
 * that was quiet may send some messages at once. Thread-safe.
 */
final class Pace {
  private static final long ALL = 0; // no chat has this id
  private static final Duration FORGET = Duration.ofHours(1);

  private final InstantSource clock;

  /** When a chat that sent at its full pace could send next, in milliseconds. */
  private final Cache<Long, Long> next = Caffeine.newBuilder().expireAfterAccess(FORGET).build();

  Pace(InstantSource clock) {
    this.clock = clock;
  }

  /** Waits until one more message may go to a chat. */
  void await(Chat chat) throws InterruptedException {
    Thread.sleep(reserve(chat));
  }

  /** Takes the next place in time; returns how long it is until then. */
  Duration reserve(Chat chat) {
    long now = clock.millis();
    long at = Math.max(reserve(chat.id(), now, rate(chat)), reserve(ALL, now, Limits.ALL));
    return Duration.ofMillis(at - now);
  }

  /** Telegram said when it takes something from this chat again. */
  void pause(Chat chat, Duration duration) {
    Rate rate = rate(chat);
    long burst = rate.interval().multipliedBy(rate.burst() - 1L).toMillis();
    next.asMap().merge(chat.id(), clock.millis() + duration.toMillis() + burst, Math::max);
  }

  private static Rate rate(Chat chat) {
    return chat.isPrivate() ? Limits.PRIVATE : Limits.GROUP;
  }

  private long reserve(long key, long now, Rate rate) {
    long step = rate.interval().toMillis();
    long[] at = new long[1];
    next.asMap()
        .compute(
            key,
            (id, before) -> {
              long free = before == null ? now : Math.max(before, now);
              at[0] = Math.max(now, free - (rate.burst() - 1) * step);
              return free + step;
            });
    return at[0];
  }
}
