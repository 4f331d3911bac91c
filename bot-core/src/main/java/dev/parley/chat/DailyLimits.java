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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much a person may have a day, and how much of it is used. What a place sets counts what was
 * used in it and in those that lie in it; what the operator sets counts everywhere. Both hold: the
 * admins of a place can make a limit tighter, not lift it. Thread-safe.
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

  /** The limits that apply to a person in a place: of each kind the one with the least left. */
  public List<Limit> of(Person person, PlaceId place) {
    Stream<Limit> answers =
        holding(
                settings.resolve(Setting.MESSAGES_PER_DAY, place),
                settings.ofOperator(Setting.MESSAGES_PER_DAY))
            .map(
                most ->
                    new Limit(
                        Kind.ANSWERS, ofPerson(person, most.level()).questions(), most.value()));
    Stream<Limit> tokens =
        holding(
                tokensOf(
                    person,
                    settings.resolve(Setting.ROLE_TOKENS_PER_DAY, place),
                    settings.resolve(Setting.TOKENS_PER_DAY, place)),
                tokensOf(
                    person,
                    settings.ofOperator(Setting.ROLE_TOKENS_PER_DAY),
                    settings.ofOperator(Setting.TOKENS_PER_DAY)))
            .map(
                most ->
                    new Limit(Kind.TOKENS, ofPerson(person, most.level()).tokens(), most.value()));
    Stream<Limit> together =
        holding(
                settings.resolve(Setting.PLACE_TOKENS_PER_DAY, place),
                settings.ofOperator(Setting.PLACE_TOKENS_PER_DAY))
            .map(
                most ->
                    new Limit(
                        Kind.TOKENS_OF_PLACE,
                        usage.todayWithin(within(most.level()).orElse(place)).tokens(),
                        most.value()));
    return Stream.of(answers, tokens, together)
        .flatMap(
            kind -> kind.min(Comparator.comparingLong(limit -> limit.most - limit.used)).stream())
        .toList();
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

  private static Stream<Resolved<Integer>> holding(
      Resolved<Integer> here, Resolved<Integer> ofOperator) {
    return Stream.of(here, ofOperator).distinct().filter(most -> most.value() > 0);
  }

  /** The most generous of a person's roles counts, and no limit is the most generous. */
  private static Resolved<Integer> tokensOf(
      Person person, Resolved<Map<String, Integer>> byRole, Resolved<Integer> otherwise) {
    return byRole.value().entrySet().stream()
        .filter(role -> person.roles().contains(role.getKey()))
        .map(Map.Entry::getValue)
        .max((a, b) -> a == 0 || b == 0 ? Integer.compare(b, a) : Integer.compare(a, b))
        .map(most -> new Resolved<>(most, byRole.level()))
        .orElse(otherwise);
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
