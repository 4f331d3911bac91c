package dev.parley.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.language.Texts;
import dev.parley.person.Operators;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.reply.Tally;
import dev.parley.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a question is taken now: by how quickly it follows others, and by what its person and
 * place used today. Operators may always ask. Thread-safe.
 */
public final class Admission {
  /** So long nobody is told once more that they have to wait, while that is so. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private static final int MOST_TOLD = 100_000;

  private final RateLimits rates;
  private final DailyLimits daily;
  private final Operators operators;
  private final Tally tally;
  private final InstantSource clock;

  /** Until when somebody knows that they have to wait in a place. */
  private final Cache<Told, Instant> told =
      Caffeine.newBuilder().expireAfterWrite(QUIET.multipliedBy(2)).maximumSize(MOST_TOLD).build();

  private record Told(PersonId person, PlaceId place) {}

  public Admission(
      Settings settings, DailyLimits daily, Operators operators, Tally tally, InstantSource clock) {
    this.rates = new RateLimits(settings, clock);
    this.daily = daily;
    this.operators = operators;
    this.tally = tally;
    this.clock = clock;
  }

  /** The limits of the day that apply to a person in a place. */
  public List<DailyLimits.Limit> daily(Person person, PlaceId place) {
    return daily.of(person, place);
  }

  /** The operator's own budget of tokens of a person without roles; empty where there is none. */
  public Optional<DailyLimits.Limit> budget(PersonId person) {
    return daily.budget(person);
  }

  /** The operator's own budget of tokens of a place; empty where there is none. */
  public Optional<DailyLimits.Limit> budget(PlaceId place) {
    return daily.budget(place);
  }

  /**
   * Takes a question that somebody waits for, as for the answer to a command.
   *
   * @return what to say instead of an answer; empty where it was taken
   */
  public Optional<String> refusal(Person person, PlaceId place, Texts texts) {
    return take(person, place, texts).map(Refusal::text);
  }

  /**
   * Takes a question among others.
   *
   * @param refused is told what to say instead of an answer, unless that was said just now
   * @return whether it was taken
   */
  boolean take(Person person, PlaceId place, Texts texts, Consumer<String> refused) {
    Optional<Refusal> refusal = take(person, place, texts);
    refusal.filter(why -> isNews(person.id(), place, why)).map(Refusal::text).ifPresent(refused);
    return refusal.isEmpty();
  }

  private Optional<Refusal> take(Person person, PlaceId place, Texts texts) {
    if (operators.contains(person.id())) {
      return Optional.empty();
    }
    Optional<Refusal> refusal =
        daily
            .refusal(person, place, texts)
            .or(() -> rates.take(person.id(), place).map(exceeded -> refusal(exceeded, texts)));
    refusal.map(Refusal::limit).ifPresent(tally::limited);
    return refusal;
  }

  private Refusal refusal(RateLimits.Exceeded exceeded, Texts texts) {
    long seconds = Duration.between(clock.instant(), exceeded.until()).plusMillis(999).toSeconds();
    return new Refusal(
        exceeded.ofPlace() ? Tally.Limit.RATE_OF_PLACE : Tally.Limit.RATE,
        texts.say(
            exceeded.ofPlace() ? "limit.rate.place" : "limit.rate",
            exceeded.rate().perMinute(),
            seconds),
        exceeded.until());
  }

  private synchronized boolean isNews(PersonId person, PlaceId place, Refusal refusal) {
    Told who = new Told(person, place);
    Instant now = clock.instant();
    Instant known = told.getIfPresent(who);
    if (known != null && now.isBefore(known)) {
      return false;
    }
    Instant quiet = now.plus(QUIET);
    told.put(who, refusal.until().isBefore(quiet) ? refusal.until() : quiet);
    return true;
  }
}
