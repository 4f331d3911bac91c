package dev.parley.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
    long at =
        chat.isPrivate()
            ? reserve(chat.id(), now, Limits.PRIVATE_INTERVAL, Limits.PRIVATE_BURST)
            : reserve(chat.id(), now, Limits.GROUP_INTERVAL, Limits.GROUP_BURST);
    long inAll = reserve(ALL, now, Limits.ALL_INTERVAL, Limits.ALL_BURST);
    return Duration.ofMillis(Math.max(at, inAll) - now);
  }

  /** Telegram said when it takes something from this chat again. */
  void pause(Chat chat, Duration duration) {
    long interval = (chat.isPrivate() ? Limits.PRIVATE_INTERVAL : Limits.GROUP_INTERVAL).toMillis();
    int burst = chat.isPrivate() ? Limits.PRIVATE_BURST : Limits.GROUP_BURST;
    long until = clock.millis() + duration.toMillis() + (burst - 1) * interval;
    next.asMap().merge(chat.id(), until, Math::max);
  }

  private long reserve(long key, long now, Duration interval, int burst) {
    long step = interval.toMillis();
    long[] at = new long[1];
    next.asMap()
        .compute(
            key,
            (id, before) -> {
              long free = before == null ? now : Math.max(before, now);
              at[0] = Math.max(now, free - (burst - 1) * step);
              return free + step;
            });
    return at[0];
  }
}
