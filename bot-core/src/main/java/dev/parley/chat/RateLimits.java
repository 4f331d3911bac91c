package dev.parley.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.settings.Rate;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How quickly questions may follow each other, of one person and of everyone in a place. As with
 * the {@link DailyLimits}, what a place sets holds for what is asked in it, what the operator sets
 * for what somebody asks anywhere, and both hold.
 *
 * <p>Whoever is too quick pauses until a burst is there again, or what comes back of it in a
 * minute: one refusal for each burst, not one for each message. Nothing of it is on the disk: a
 * restart forgives at most what a burst is. Thread-safe.
 */
final class RateLimits {
  /** Longer than any burst takes to come back. */
  private static final Duration KEPT = Duration.ofDays(1);

  private static final int MOST_KEPT = 100_000;

  private final Settings settings;
  private final InstantSource clock;
  private final Cache<Counted, Tap> taps =
      Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(MOST_KEPT).build();

  RateLimits(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What is counted together; another rate begins anew.
   *
   * @param person empty for everyone
   * @param within empty for everywhere
   */
  private record Counted(Optional<PersonId> person, Optional<PlaceId> within, Rate rate) {}

  /** What questions of one kind are taken from. Guarded by the limits. */
  private final class Tap {
    private final Rate rate;
    private final Bucket bucket;
    private Instant pausedUntil = Instant.MIN;

    Tap(Rate rate) {
      this.rate = rate;
      bucket =
          Bucket.builder()
              .addLimit(
                  limit ->
                      limit
                          .capacity(rate.burst())
                          .refillGreedy(rate.perMinute(), Duration.ofMinutes(1)))
              .withCustomTimePrecision(new Meter())
              .build();
    }

    /** Until when nothing comes out, which may be over. */
    Instant pausedUntil(Instant now) {
      if (!now.isBefore(pausedUntil) && !bucket.estimateAbilityToConsume(1).canBeConsumed()) {
        long enough = Math.min(rate.burst(), rate.perMinute());
        pausedUntil =
            now.plusNanos(bucket.estimateAbilityToConsume(enough).getNanosToWaitForRefill());
      }
      return pausedUntil;
    }
  }

  private final class Meter implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return Duration.ofMillis(clock.millis()).toNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  /**
   * A rate that is used up.
   *
   * @param ofPlace whether everyone together was too quick
   */
  record Exceeded(Rate rate, boolean ofPlace, Instant until) {}

  /** Takes a question, unless it comes too early for one of the rates that hold. */
  Optional<Exceeded> take(PersonId person, PlaceId place) {
    List<Counted> counted =
        Stream.concat(
                holding(Setting.MESSAGES_PER_MINUTE, place)
                    .map(
                        rate ->
                            new Counted(Optional.of(person), rate.level().within(), rate.value())),
                holding(Setting.PLACE_MESSAGES_PER_MINUTE, place)
                    .map(
                        rate ->
                            new Counted(
                                Optional.empty(),
                                rate.level().within().or(() -> Optional.of(place)),
                                rate.value())))
            .toList();
    return counted.isEmpty() ? Optional.empty() : take(counted);
  }

  private synchronized Optional<Exceeded> take(List<Counted> counted) {
    Instant now = clock.instant();
    for (Counted each : counted) {
      Instant until = tap(each).pausedUntil(now);
      if (now.isBefore(until)) {
        return Optional.of(new Exceeded(each.rate, each.person.isEmpty(), until));
      }
    }
    counted.forEach(each -> tap(each).bucket.tryConsume(1));
    return Optional.empty();
  }

  private Tap tap(Counted counted) {
    return taps.get(counted, key -> new Tap(key.rate));
  }

  private Stream<Resolved<Rate>> holding(Setting<Rate> setting, PlaceId place) {
    return Stream.of(settings.resolve(setting, place), settings.ofOperator(setting))
        .distinct()
        .filter(rate -> rate.value().isLimited());
  }
}
