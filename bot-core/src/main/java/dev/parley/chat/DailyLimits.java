package dev.parley.chat;

import dev.parley.language.Texts;
import dev.parley.person.Operators;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.reply.Tally;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.usage.Totals;
import dev.parley.usage.UsageStore;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much a person may have a day, and how much of it is used. What a place sets counts what was
 * used in it and in those that lie in it; what the operator sets counts everywhere. Both hold: the
 * admins of a place can make a limit tighter, not lift it. Operators have no limits. Thread-safe.
 */
public final class DailyLimits {
  /** From which part of a limit on somebody is told that it comes to its end. */
  private static final double NEAR = 0.8;

  private final UsageStore usage;
  private final Settings settings;
  private final Operators operators;
  private final ZoneId zone;

  public DailyLimits(UsageStore usage, Settings settings, Operators operators, ZoneId zone) {
    this.usage = usage;
    this.settings = settings;
    this.operators = operators;
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

    /** How much of it is used, at most 1. */
    public double part() {
      return Math.min(1, (double) used / most);
    }

    private boolean isNear() {
      return used >= NEAR * most;
    }

    private Limit before(long less) {
      return new Limit(kind, used - less, most);
    }

    private long left() {
      return most - used;
    }
  }

  /** The limits that apply to a person in a place: of each kind the one with the least left. */
  public List<Limit> of(Person person, PlaceId place) {
    List<Limit> all = all(person, place).toList();
    return Arrays.stream(Kind.values())
        .flatMap(
            kind ->
                all.stream()
                    .filter(limit -> limit.kind == kind)
                    .min(Comparator.comparingLong(Limit::left))
                    .stream())
        .toList();
  }

  /** The operator's own budget of tokens of a person without roles; empty where there is none. */
  Optional<Limit> budget(PersonId person) {
    return operators.contains(person)
        ? Optional.empty()
        : budget(Kind.TOKENS, Setting.TOKENS_PER_DAY, usage.today(person));
  }

  /** The operator's own budget of tokens of a place; empty where there is none. */
  Optional<Limit> budget(PlaceId place) {
    return budget(Kind.TOKENS_OF_PLACE, Setting.PLACE_TOKENS_PER_DAY, usage.todayWithin(place));
  }

  private Optional<Limit> budget(Kind kind, Setting<Integer> setting, Totals used) {
    return Optional.of(settings.ofOperator(setting).value())
        .filter(most -> most > 0)
        .map(most -> new Limit(kind, used.tokens(), most));
  }

  private Stream<Limit> all(Person person, PlaceId place) {
    if (operators.contains(person.id())) {
      return Stream.empty();
    }
    return Stream.of(answers(person, place), tokens(person, place), together(place))
        .flatMap(limits -> limits);
  }

  private Stream<Limit> answers(Person person, PlaceId place) {
    return holding(
            settings.resolve(Setting.MESSAGES_PER_DAY, place),
            settings.ofOperator(Setting.MESSAGES_PER_DAY))
        .map(
            most ->
                new Limit(Kind.ANSWERS, ofPerson(person, most.level()).questions(), most.value()));
  }

  private Stream<Limit> tokens(Person person, PlaceId place) {
    return holding(
            tokensOf(
                person,
                settings.resolve(Setting.ROLE_TOKENS_PER_DAY, place),
                settings.resolve(Setting.TOKENS_PER_DAY, place)),
            tokensOf(
                person,
                settings.ofOperator(Setting.ROLE_TOKENS_PER_DAY),
                settings.ofOperator(Setting.TOKENS_PER_DAY)))
        .map(most -> new Limit(Kind.TOKENS, ofPerson(person, most.level()).tokens(), most.value()));
  }

  private Stream<Limit> together(PlaceId place) {
    return holding(
            settings.resolve(Setting.PLACE_TOKENS_PER_DAY, place),
            settings.ofOperator(Setting.PLACE_TOKENS_PER_DAY))
        .map(
            most ->
                new Limit(
                    Kind.TOKENS_OF_PLACE,
                    usage.todayWithin(most.level().within().orElse(place)).tokens(),
                    most.value()));
  }

  /** What to say instead of an answer; empty where the person may ask. */
  Optional<Refusal> refusal(Person person, PlaceId place, Texts texts) {
    return of(person, place).stream()
        .filter(Limit::reached)
        .findFirst()
        .map(limit -> new Refusal(met(limit), refusal(limit, texts), usage.nextDay()));
  }

  private static Tally.Limit met(Limit limit) {
    return switch (limit.kind) {
      case ANSWERS -> Tally.Limit.ANSWERS;
      case TOKENS -> Tally.Limit.TOKENS;
      case TOKENS_OF_PLACE -> Tally.Limit.TOKENS_OF_PLACE;
    };
  }

  private String refusal(Limit limit, Texts texts) {
    return switch (limit.kind) {
      case ANSWERS -> texts.say("limit.answers", limit.used, again());
      case TOKENS -> texts.say("limit.tokens", again());
      case TOKENS_OF_PLACE -> texts.say("limit.place", again());
    };
  }

  /**
   * What to say of a limit that the question just counted brought near its end. Called once for
   * each, and by nobody else before that.
   */
  Optional<String> nearedByQuestion(Person person, PlaceId place, Texts texts) {
    return neared(person, place, 1, 0, texts);
  }

  /**
   * Counts an answer, and tells what to say of a limit that it brought near its end. What others
   * use meanwhile waits, so that exactly one answer a day does.
   *
   * @param tokens read and written for it
   * @param count writes them down
   */
  synchronized Optional<String> nearedByAnswer(
      Person person, PlaceId place, long tokens, Texts texts, Runnable count) {
    count.run();
    return neared(person, place, 0, tokens, texts);
  }

  private Optional<String> neared(
      Person person, PlaceId place, long questions, long tokens, Texts texts) {
    return all(person, place)
        .filter(Limit::isNear)
        .filter(limit -> !limit.before(limit.kind == Kind.ANSWERS ? questions : tokens).isNear())
        .min(Comparator.comparingDouble(limit -> 1 - limit.part()))
        .map(
            limit ->
                switch (limit.kind) {
                  case ANSWERS -> texts.say("limit.near.answers", limit.used, limit.most, again());
                  case TOKENS -> texts.say("limit.near.tokens", percent(limit), again());
                  case TOKENS_OF_PLACE -> texts.say("limit.near.place", percent(limit), again());
                });
  }

  /** Not more than is used: 100 is said of nothing that is not used up. */
  private static int percent(Limit limit) {
    return (int) (100 * limit.part());
  }

  private ZonedDateTime again() {
    return usage.nextDay().atZone(zone);
  }

  private static Stream<Resolved<Integer>> holding(
      Resolved<Integer> here, Resolved<Integer> ofOperator) {
    return Stream.of(here, ofOperator).distinct().filter(most -> most.value() > 0);
  }

  /** The most generous of a person's roles counts, and no limit is the most generous. */
  private static Resolved<Integer> tokensOf(
      Person person, Resolved<Map<String, Integer>> byRole, Resolved<Integer> otherwise) {
    return byRole.value().entrySet().stream()
        .filter(role -> person.hasRole(role.getKey()))
        .map(Map.Entry::getValue)
        .max((a, b) -> a == 0 || b == 0 ? Integer.compare(b, a) : Integer.compare(a, b))
        .map(most -> new Resolved<>(most, byRole.level()))
        .orElse(otherwise);
  }

  private Totals ofPerson(Person person, Resolved.Level level) {
    return level
        .within()
        .map(place -> usage.today(person.id(), place))
        .orElseGet(() -> usage.today(person.id()));
  }
}
