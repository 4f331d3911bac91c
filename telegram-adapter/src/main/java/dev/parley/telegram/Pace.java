package dev.parley.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.telegram.Limits.Rate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds each chat, and all together, to what Telegram allows. A generic cell rate algorithm: a chat
 * that was quiet may send some messages at once. Thread-safe.
 *
 * <p>To one chat there is one call at a time, so that none is under way or about to be when
 * Telegram says that the chat must pause: a call within a pause makes the pause grow.
 */
final class Pace {
  private static final long ALL = 0; // no chat has this id
  private static final Duration FORGET = Duration.ofHours(1);

  private final Timing timing;
  private final Pauses pauses;

  /** When a chat that sent at its full pace could send next, in milliseconds. */
  private final Cache<Long, Long> next = Caffeine.newBuilder().expireAfterAccess(FORGET).build();

  /** Held by whose turn it is in a chat; first come, first served. */
  private final LoadingCache<Long, ReentrantLock> turns =
      Caffeine.newBuilder().weakValues().build(chat -> new ReentrantLock(true));

  /** Goes on where an earlier process ended. */
  Pace(Timing timing, Pauses pauses, Posts posts) {
    this.timing = timing;
    this.pauses = pauses;
    long now = now();
    for (long chat : posts.postedTo(Limits.WINDOW)) {
      next.put(chat, now + burst(chat));
    }
    pauses.left().forEach((chat, left) -> next.put(chat, now + left.toMillis() + burst(chat)));
  }

  /** What is done in a chat's turn. */
  @FunctionalInterface
  interface Call<T> {
    T call() throws PlatformException;
  }

  /** Does something while nobody else calls this chat; it may take turns within. */
  <T> T inTurn(Chat chat, Call<T> all) throws PlatformException {
    ReentrantLock turn = turns.get(chat.id());
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      return all.call();
    } finally {
      turn.unlock();
    }
  }

  /** Makes one call as soon as the chat may have one more. */
  <T> T paced(Chat chat, Call<T> call) throws PlatformException {
    return inTurn(
        chat,
        () -> {
          sleep(reserve(chat));
          try {
            return call.call();
          } catch (PlatformException e) {
            if (e.kind() == Kind.RATE_LIMITED) {
              pause(chat, e.retryAfter());
            }
            throw e;
          }
        });
  }

  void sleep(Duration duration) throws PlatformException {
    try {
      timing.sleeper().sleep(duration);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static PlatformException interrupted() {
    Thread.currentThread().interrupt();
    return new PlatformException(Kind.UNREACHABLE, "interrupted before it was sent");
  }

  /** Takes the next place in time; returns how long it is until then. */
  Duration reserve(Chat chat) {
    long now = now();
    long at = Math.max(reserve(chat.id(), now, rate(chat.id())), reserve(ALL, now, Limits.ALL));
    return Duration.ofMillis(at - now);
  }

  /** Telegram said when it takes something from this chat again. */
  void pause(Chat chat, Duration duration) {
    next.asMap().merge(chat.id(), now() + duration.toMillis() + burst(chat.id()), Math::max);
    pauses.save(chat.id(), duration);
  }

  /**
   * Milliseconds since some time: no chat waits, or is called too early, for a clock that jumps.
   */
  private long now() {
    return TimeUnit.NANOSECONDS.toMillis(timing.ticker().read());
  }

  /** What a chat that may send nothing at once has used up, in milliseconds. */
  private static long burst(long chat) {
    Rate rate = rate(chat);
    return rate.interval().multipliedBy(rate.burst() - 1L).toMillis();
  }

  private static Rate rate(long chat) {
    return chat > 0 ? Limits.PRIVATE : Limits.GROUP;
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
