package dev.parley.chat;

import dev.parley.language.Texts;
import dev.parley.platform.Person;
import dev.parley.platform.PlaceId;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.usage.Totals;
import dev.parley.usage.UsageStore;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much a person may have a day, and how much of it is used. What a place sets counts what was
 * used in it and in those that lie in it; what the operator sets counts everywhere. Thread-safe.
 */
public final class DailyLimits {
  private final UsageStore usage;
  private final Settings settings;
  private final ZoneId zone;

  DailyLimits(UsageStore usage, Settings settings, ZoneId zone) {
    this.usage = usage;
    this.settings = settings;
    this.zone = zone;
  }

  /** What is limited. */
  public enum Kind {
    /** Answers to the person. */
    ANSWERS,
    /** Tokens read and written for the person. */
    TOKENS,
    /** Tokens read and written for everyone in the place. */
    TOKENS_OF_PLACE
  }

  /**
   * A limit that applies.
   *
   * @param used today
   * @param most a day
   */
  public record Limit(Kind kind, long used, long most) {
    public boolean reached() {
      return used >= most;
    }
  }

  /** The limits that apply to a person in a place. */
  public List<Limit> of(Person person, PlaceId place) {
    List<Limit> limits = new ArrayList<>();
    Resolved<Integer> answers = settings.resolve(Setting.MESSAGES_PER_DAY, place);
    if (answers.value() > 0) {
      limits.add(
          new Limit(Kind.ANSWERS, ofPerson(person, answers.level()).questions(), answers.value()));
    }
    Resolved<Integer> tokens = tokensOf(person, place);
    if (tokens.value() > 0) {
      limits.add(new Limit(Kind.TOKENS, ofPerson(person, tokens.level()).tokens(), tokens.value()));
    }
    Resolved<Integer> together = settings.resolve(Setting.PLACE_TOKENS_PER_DAY, place);
    if (together.value() > 0) {
      PlaceId counted = within(together.level()).orElse(place);
      limits.add(
          new Limit(Kind.TOKENS_OF_PLACE, usage.todayWithin(counted).tokens(), together.value()));
    }
    return limits;
  }

  /** What to say instead of an answer; empty where the person may ask. */
  public Optional<String> refusal(Person person, PlaceId place, Texts texts) {
    ZonedDateTime again = usage.nextDay().atZone(zone);
    return of(person, place).stream()
        .filter(Limit::reached)
        .findFirst()
        .map(
            limit ->
                switch (limit.kind) {
                  case ANSWERS -> texts.say("limit.answers", limit.used, again);
                  case TOKENS -> texts.say("limit.tokens", again);
                  case TOKENS_OF_PLACE -> texts.say("limit.place", again);
                });
  }

  /** The most generous of a person's roles counts, and no limit is the most generous. */
  private Resolved<Integer> tokensOf(Person person, PlaceId place) {
    Resolved<Map<String, Integer>> byRole = settings.resolve(Setting.ROLE_TOKENS_PER_DAY, place);
    return byRole.value().entrySet().stream()
        .filter(role -> person.roles().contains(role.getKey()))
        .map(Map.Entry::getValue)
        .max((a, b) -> a == 0 || b == 0 ? Integer.compare(b, a) : Integer.compare(a, b))
        .map(most -> new Resolved<>(most, byRole.level()))
        .orElseGet(() -> settings.resolve(Setting.TOKENS_PER_DAY, place));
  }

  private Totals ofPerson(Person person, Resolved.Level level) {
    return within(level)
        .map(place -> usage.today(person.id(), place))
        .orElseGet(() -> usage.today(person.id()));
  }

  private static Optional<PlaceId> within(Resolved.Level level) {
    return level instanceof Resolved.Level.InPlace(PlaceId place)
        ? Optional.of(place)
        : Optional.empty();
  }
}
