package dev.parley.settings;

import dev.parley.platform.Feature;
import java.util.Arrays;
import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something that people, places or the operator can set. Immutable.
 *
 * @param <T> of its values
 */
public final class Setting<T> {
  /** The value of {@link #LANGUAGE} that follows the platform. */
  public static final String AUTOMATIC = "auto";

  private static final String NONE = "none";
  private static final String TOKENS = "[0-9]{1,9}";
  private static final Pattern RATE =
      Pattern.compile("([0-9]{1,3})(?:\\s+burst\\s+([1-9][0-9]{0,2}))?");

  /** The language Parley speaks; empty follows the platform's language of each person. */
  public static final Setting<Optional<Locale>> LANGUAGE =
      new Setting<>(
          "language",
          true,
          Optional.empty(),
          Setting::parseLanguage,
          value -> value.map(Locale::toLanguageTag).orElse(AUTOMATIC),
          List.of());

  public static final Setting<Creativity> CREATIVITY =
      ofEnum("creativity", true, Creativity.BALANCED);

  public static final Setting<AnswerLength> ANSWER_LENGTH =
      ofEnum("answer-length", true, AnswerLength.NORMAL);

  /** A persona's id. Whether there is such a persona, its catalogue knows. */
  public static final Setting<String> PERSONA =
      new Setting<>("persona", true, "assistant", Setting::parsePersona, value -> value, List.of());

  /** Whether answers grow while they are written. */
  public static final Setting<Boolean> STREAMING = ofBoolean("streaming", true, true);

  /** Whether everyone in a place talks in one conversation. */
  public static final Setting<Boolean> SHARED_CONVERSATION =
      ofBoolean("shared-conversation", false, false);

  public static final Setting<AnswerMode> ANSWER_MODE =
      ofEnum("answer-mode", false, AnswerMode.MENTIONED);

  /** Whether other bots are answered like people. */
  public static final Setting<Boolean> ANSWER_BOTS = ofBoolean("answer-bots", false, false);

  public static final Setting<ThreadMode> THREADS =
      ofEnum("threads", false, ThreadMode.OFF).needing(Feature.THREADS);

  public static final Setting<LongAnswers> LONG_ANSWERS =
      ofEnum("long-answers", false, LongAnswers.MESSAGES).needing(Feature.FILES);

  /** Whether only the caller of a command sees what it is answered with. */
  public static final Setting<Boolean> QUIET_ANSWERS =
      ofBoolean("quiet-answers", false, false).needing(Feature.QUIET_ANSWERS);

  /** Only who has one of these roles is answered; none lets everybody in. */
  public static final Setting<Set<String>> ALLOWED_ROLES = ofRoles("allowed-roles");

  /** Who has one of these roles is not answered. */
  public static final Setting<Set<String>> BLOCKED_ROLES = ofRoles("blocked-roles");

  /** Whether people's custom instructions apply in a place. */
  public static final Setting<Boolean> CUSTOM_INSTRUCTIONS =
      ofBoolean("custom-instructions", false, true);

  /** Who may write better answers; admins and operators always may. */
  public static final Setting<Teachers> TEACHERS = ofEnum("teachers", false, Teachers.EVERYONE);

  /** What becomes of harmful texts; the operator's value can be made stricter, not looser. */
  public static final Setting<ModerationLevel> MODERATION =
      ofEnum("moderation", false, ModerationLevel.OFF);

  /** Words that are never objected to. */
  public static final Setting<Set<String>> ALLOWED_WORDS = ofWords("allowed-words");

  /** Words that always are. */
  public static final Setting<Set<String>> BLOCKED_WORDS = ofWords("blocked-words");

  /** After how many days messages are deleted; 0 for never. */
  public static final Setting<Integer> KEEP_DAYS =
      new Setting<>("keep-days", true, 0, Setting::parseDays, String::valueOf, List.of());

  /**
   * After how many answers somebody who agreed to learning is asked to compare two; 0 for never.
   */
  public static final Setting<Integer> COMPARISONS =
      new Setting<>(
          "comparisons", false, 20, Setting::parseComparisons, String::valueOf, List.of());

  /** Most questions of one person in a short time. */
  public static final Setting<Rate> MESSAGES_PER_MINUTE = ofRate("messages-per-minute");

  /** Most questions in one place in a short time, of everyone together. */
  public static final Setting<Rate> PLACE_MESSAGES_PER_MINUTE = ofRate("place-messages-per-minute");

  /** Most questions of one person a day; 0 for no limit. */
  public static final Setting<Integer> MESSAGES_PER_DAY =
      new Setting<>("messages-per-day", false, 0, Setting::parseLimit, String::valueOf, List.of());

  /** Most tokens read and written for one person a day; 0 for no limit. */
  public static final Setting<Integer> TOKENS_PER_DAY = ofTokens("tokens-per-day");

  /**
   * The same by role, for those who have one of these: the most generous of a person's roles
   * counts, instead of {@link #TOKENS_PER_DAY}. Whoever manages a place has a role on every
   * platform.
   */
  public static final Setting<Map<String, Integer>> ROLE_TOKENS_PER_DAY =
      new Setting<>(
          "role-tokens-per-day",
          false,
          Map.of(),
          Setting::parseRoles,
          Setting::formatRoles,
          List.of());

  /** Most tokens read and written in one place a day, for everyone together; 0 for no limit. */
  public static final Setting<Integer> PLACE_TOKENS_PER_DAY = ofTokens("place-tokens-per-day");

  /** All there are, in the order to show them. */
  public static final List<Setting<?>> ALL =
      List.of(
          LANGUAGE,
          CREATIVITY,
          ANSWER_LENGTH,
          PERSONA,
          STREAMING,
          SHARED_CONVERSATION,
          ANSWER_MODE,
          ANSWER_BOTS,
          THREADS,
          LONG_ANSWERS,
          QUIET_ANSWERS,
          ALLOWED_ROLES,
          BLOCKED_ROLES,
          CUSTOM_INSTRUCTIONS,
          MODERATION,
          ALLOWED_WORDS,
          BLOCKED_WORDS,
          KEEP_DAYS,
          TEACHERS,
          COMPARISONS,
          MESSAGES_PER_MINUTE,
          PLACE_MESSAGES_PER_MINUTE,
          MESSAGES_PER_DAY,
          TOKENS_PER_DAY,
          ROLE_TOKENS_PER_DAY,
          PLACE_TOKENS_PER_DAY);

  private final String key;
  private final boolean personal;
  private final T builtIn;
  private final Function<String, T> parser;
  private final Function<T, String> formatter;
  private final List<String> choices;
  private final Optional<Feature> needs;

  private Setting(
      String key,
      boolean personal,
      T builtIn,
      Function<String, T> parser,
      Function<T, String> formatter,
      List<String> choices) {
    this(key, personal, builtIn, parser, formatter, choices, Optional.empty());
  }

  private Setting(
      String key,
      boolean personal,
      T builtIn,
      Function<String, T> parser,
      Function<T, String> formatter,
      List<String> choices,
      Optional<Feature> needs) {
    this.key = key;
    this.personal = personal;
    this.builtIn = builtIn;
    this.parser = parser;
    this.formatter = formatter;
    this.choices = choices;
    this.needs = needs;
  }

  private Setting<T> needing(Feature feature) {
    return new Setting<>(key, personal, builtIn, parser, formatter, choices, Optional.of(feature));
  }

  /** Its name in the database and in the configuration, the same for ever. */
  public String key() {
    return key;
  }

  /** Whether people may set it for themselves; otherwise only places and the operator can. */
  public boolean personal() {
    return personal;
  }

  /** What applies where nobody set anything. */
  public T builtIn() {
    return builtIn;
  }

  /**
   * Reads a value from its text.
   *
   * @throws IllegalArgumentException with a sentence on what is allowed
   */
  public T parse(String text) {
    return parser.apply(text.strip());
  }

  /** The text of a value, which {@link #parse} reads. */
  public String format(T value) {
    return formatter.apply(value);
  }

  /** The only values there are, as {@link #parse} reads them; empty where there are many. */
  public List<String> choices() {
    return choices;
  }

  /** What a platform must have for it to mean anything there. */
  public Optional<Feature> needs() {
    return needs;
  }

  @Override
  public String toString() {
    return key;
  }

  private static <E extends Enum<E>> Setting<E> ofEnum(String key, boolean personal, E builtIn) {
    Class<E> type = builtIn.getDeclaringClass();
    return new Setting<>(
        key,
        personal,
        builtIn,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(value -> name(value).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> notAllowed(key, text, String.join(", ", choices(type)))),
        Setting::name,
        choices(type));
  }

  private static Setting<Boolean> ofBoolean(String key, boolean personal, boolean builtIn) {
    return new Setting<>(
        key,
        personal,
        builtIn,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "on", "yes" -> true;
              case "false", "off", "no" -> false;
              default -> throw notAllowed(key, text, "on or off");
            },
        value -> value ? "on" : "off",
        List.of("on", "off"));
  }

  private static Optional<Locale> parseLanguage(String text) {
    if (text.equalsIgnoreCase(AUTOMATIC)) {
      return Optional.empty();
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(text).build();
      if (!locale.getLanguage().isEmpty()) {
        return Optional.of(locale);
      }
    } catch (IllformedLocaleException _) {
      // said below
    }
    throw notAllowed("language", text, AUTOMATIC + " or a language such as en or zh-TW");
  }

  private static String parsePersona(String text) {
    if (!text.matches("[a-z0-9-]{1,40}")) {
      throw notAllowed("persona", text, "lower-case letters, digits and hyphens, at most 40");
    }
    return text;
  }

  private static int parseLimit(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw notAllowed("messages-per-day", text, "a number up to 999999, 0 for no limit");
    }
    return Integer.parseInt(text);
  }

  private static int parseDays(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw notAllowed("keep-days", text, "a number of days up to 9999, 0 to keep them");
    }
    return Integer.parseInt(text);
  }

  private static int parseComparisons(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw notAllowed("comparisons", text, "a number up to 9999, 0 for never");
    }
    return Integer.parseInt(text);
  }

  private static Setting<Integer> ofTokens(String key) {
    return new Setting<>(
        key,
        false,
        0,
        text -> {
          if (!text.matches(TOKENS)) {
            throw notAllowed(key, text, "a number up to 999999999, 0 for no limit");
          }
          return Integer.parseInt(text);
        },
        String::valueOf,
        List.of());
  }

  private static Setting<Rate> ofRate(String key) {
    return new Setting<>(
        key, false, Rate.UNLIMITED, text -> parseRate(key, text), Rate::toString, List.of());
  }

  private static Rate parseRate(String key, String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw notAllowed(
          key,
          text,
          "a number up to 999, or with one for a burst as in 10 burst 30, 0 for no limit");
    }
    int perMinute = Integer.parseInt(rate.group(1));
    return rate.group(2) == null || perMinute == 0
        ? Rate.of(perMinute)
        : new Rate(perMinute, Integer.parseInt(rate.group(2)));
  }

  private static Setting<Set<String>> ofRoles(String key) {
    return ofNames(key, ",", "names of roles such as Patrons, Staff").needing(Feature.ROLES);
  }

  private static Setting<Set<String>> ofWords(String key) {
    return ofNames(key, "[,，、]", "words such as spam, casino");
  }

  private static Setting<Set<String>> ofNames(String key, String between, String allowed) {
    return new Setting<>(
        key,
        false,
        Set.of(),
        text -> parseNames(key, text, between, allowed),
        names -> names.isEmpty() ? NONE : String.join(", ", names),
        List.of());
  }

  private static Set<String> parseNames(String key, String text, String between, String allowed) {
    Set<String> names = new LinkedHashSet<>();
    if (!text.equalsIgnoreCase(NONE)) {
      for (String name : text.split(between, -1)) {
        if (name.isBlank()) {
          throw notAllowed(key, text, NONE + " or " + allowed);
        }
        names.add(name.strip());
      }
    }
    return Collections.unmodifiableSet(names);
  }

  private static Map<String, Integer> parseRoles(String text) {
    Map<String, Integer> roles = new LinkedHashMap<>();
    if (!text.equalsIgnoreCase(NONE)) {
      for (String entry : text.split(",", -1)) {
        String[] parts = entry.split("=", -1);
        if (parts.length != 2 || parts[0].isBlank() || !parts[1].strip().matches(TOKENS)) {
          throw notAllowed(
              "role-tokens-per-day", text, NONE + " or a list such as Patrons=50000, Staff=0");
        }
        roles.put(parts[0].strip(), Integer.valueOf(parts[1].strip()));
      }
    }
    return Collections.unmodifiableMap(roles);
  }

  private static String formatRoles(Map<String, Integer> roles) {
    return roles.isEmpty()
        ? NONE
        : roles.entrySet().stream()
            .map(role -> role.getKey() + "=" + role.getValue())
            .collect(Collectors.joining(", "));
  }

  private static IllegalArgumentException notAllowed(String key, String text, String allowed) {
    return new IllegalArgumentException(
        "'" + text + "' is no value for " + key + ": allowed is " + allowed);
  }

  private static List<String> choices(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Setting::name).toList();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
