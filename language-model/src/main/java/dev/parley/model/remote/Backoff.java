package dev.parley.model.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to ask a busy server again: as it says in {@code Retry-After} (RFC 9110, section 10.2.3),
 * else after a doubling time, up to half longer by chance so that many do not come back together.
 */
final class Backoff {
  private static final int USUAL_ATTEMPTS = 4;

  /** Whoever must wait longer than this is better told so. */
  private static final Duration USUAL_LONGEST = Duration.ofSeconds(30);

  private final int mostAttempts;
  private final Duration longest;
  private final Duration first;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** {@code random} must be safe to share among threads. */
  Backoff(Duration first, InstantSource clock, RandomGenerator random) {
    this(USUAL_ATTEMPTS, USUAL_LONGEST, first, clock, random);
  }

  private Backoff(
      int mostAttempts,
      Duration longest,
      Duration first,
      InstantSource clock,
      RandomGenerator random) {
    this.mostAttempts = mostAttempts;
    this.longest = longest;
    this.first = first;
    this.clock = clock;
    this.random = random;
  }

  /** For a server beside which there are others: asked once more, and that soon. */
  Backoff impatient() {
    return new Backoff(2, Duration.ofSeconds(5), first, clock, random);
  }

  /** The wait after the {@code attempt}th attempt (from 1) failed; empty is to give up. */
  Optional<Duration> after(int attempt, Optional<String> retryAfter) {
    Duration wait =
        retryAfter
            .flatMap(this::parse)
            .orElseGet(() -> withJitter(first.multipliedBy(1L << (attempt - 1))));
    return attempt < mostAttempts && wait.compareTo(longest) <= 0
        ? Optional.of(wait)
        : Optional.empty();
  }

  private Duration withJitter(Duration wait) {
    return wait.plusNanos(random.nextLong(wait.toNanos() / 2 + 1));
  }

  private Optional<Duration> parse(String retryAfter) {
    if (retryAfter.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
    }
    try {
      Instant then =
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
