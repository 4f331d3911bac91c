package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.prompt.Persona;
import dev.parley.settings.Rate;
import dev.parley.settings.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be chosen for a setting, and how people read it.
 *
 * @param personas what can be chosen as a persona
 */
record SettingValues(List<Persona> personas) {
  private static final Set<Setting<?>> TOKENS =
      Set.of(Setting.TOKENS_PER_DAY, Setting.PLACE_TOKENS_PER_DAY);
  private static final Set<Setting<?>> RATES =
      Set.of(Setting.MESSAGES_PER_MINUTE, Setting.PLACE_MESSAGES_PER_MINUTE);
  private static final Set<Setting<?>> ROLES = Set.of(Setting.ALLOWED_ROLES, Setting.BLOCKED_ROLES);
  private static final Set<Setting<?>> WORDS = Set.of(Setting.ALLOWED_WORDS, Setting.BLOCKED_WORDS);
  private static final String NONE = "none";

  SettingValues {
    personas = List.copyOf(personas);
  }

  /** The values to choose from, as {@link Setting#parse} reads them. */
  List<String> of(Setting<?> setting) {
    if (setting.equals(Setting.PERSONA)) {
      return personas.stream().map(Persona::id).toList();
    }
    if (setting.equals(Setting.LANGUAGE)) {
      return Stream.concat(
              Stream.of(Setting.AUTOMATIC), Texts.LANGUAGES.stream().map(Locale::toLanguageTag))
          .toList();
    }
    if (setting.equals(Setting.MESSAGES_PER_DAY)) {
      return List.of("10", "20", "50", "100", "0");
    }
    if (setting.equals(Setting.COMPARISONS)) {
      return List.of("10", "20", "50", "0");
    }
    if (setting.equals(Setting.KEEP_DAYS)) {
      return List.of("7", "30", "90", "365", "0");
    }
    if (TOKENS.contains(setting)) {
      return List.of("20000", "100000", "500000", "0");
    }
    if (RATES.contains(setting)) {
      return List.of("5", "10", "20", "0");
    }
    return ROLES.contains(setting) || WORDS.contains(setting) ? List.of(NONE) : setting.choices();
  }

  /** Whether there are more values than can be chosen from, so that one may be typed. */
  boolean isFree(Setting<?> setting) {
    return setting.equals(Setting.MESSAGES_PER_DAY)
        || setting.equals(Setting.COMPARISONS)
        || setting.equals(Setting.KEEP_DAYS)
        || TOKENS.contains(setting)
        || RATES.contains(setting)
        || isList(setting);
  }

  /** What a form begins with: a list is gone on with, a number typed anew. */
  String beginning(Setting<?> setting, String value) {
    return isList(setting) && !value.equals(NONE) ? value : "";
  }

  private static boolean isList(Setting<?> setting) {
    return ROLES.contains(setting)
        || WORDS.contains(setting)
        || setting.equals(Setting.ROLE_TOKENS_PER_DAY);
  }

  /** What the button says that asks for one. */
  String typeKey(Setting<?> setting) {
    if (WORDS.contains(setting)) {
      return "button.name-words";
    }
    return ROLES.contains(setting) || setting.equals(Setting.ROLE_TOKENS_PER_DAY)
        ? "button.name-roles"
        : "button.other";
  }

  /** Whether it is among the values there are, where it can be told before parsing. */
  boolean allows(Setting<?> setting, String value) {
    return !setting.equals(Setting.PERSONA) || of(setting).contains(value);
  }

  /** What may be typed. */
  String allowed(Texts texts, Setting<?> setting) {
    if (setting.equals(Setting.ROLE_TOKENS_PER_DAY)) {
      return texts.say("allowed.roles");
    }
    if (ROLES.contains(setting)) {
      return texts.say("allowed.role-names");
    }
    if (WORDS.contains(setting)) {
      return texts.say("allowed.words");
    }
    if (setting.equals(Setting.COMPARISONS)) {
      return texts.say("allowed.every");
    }
    if (setting.equals(Setting.KEEP_DAYS)) {
      return texts.say("allowed.days");
    }
    if (RATES.contains(setting)) {
      return texts.say("allowed.rate");
    }
    return isFree(setting) ? texts.say("allowed.number") : String.join(", ", of(setting));
  }

  /** A value as Markdown. */
  String label(Texts texts, Setting<?> setting, String value) {
    if (setting.equals(Setting.PERSONA)) {
      return personas.stream()
          .filter(persona -> persona.id().equals(value))
          .findFirst()
          .orElse(personas.getFirst()) // what answers where the chosen one is gone
          .name(texts.locale());
    }
    if (setting.equals(Setting.LANGUAGE) && !value.equals(Setting.AUTOMATIC)) {
      Locale spoken = Texts.of(Locale.forLanguageTag(value)).locale();
      return texts.say("value." + spoken.toLanguageTag());
    }
    if (setting.equals(Setting.SHARED_CONVERSATION)) {
      return texts.say(value.equals("on") ? "value.together" : "value.apart");
    }
    if (setting.equals(Setting.ANSWER_BOTS)) {
      return texts.say(value.equals("on") ? "value.like-people" : "value.not-answered");
    }
    if (setting.equals(Setting.CUSTOM_INSTRUCTIONS)) {
      return texts.say(value.equals("on") ? "value.apply" : "value.ignored");
    }
    if (setting.equals(Setting.MESSAGES_PER_DAY)) {
      return texts.say("value.answers", Integer.valueOf(value));
    }
    if (setting.equals(Setting.COMPARISONS)) {
      return texts.say("value.every", Integer.valueOf(value));
    }
    if (setting.equals(Setting.KEEP_DAYS)) {
      return texts.say("value.days", Integer.valueOf(value));
    }
    if (TOKENS.contains(setting)) {
      return texts.say("value.pieces", Integer.valueOf(value));
    }
    if (RATES.contains(setting)) {
      Rate rate = Setting.MESSAGES_PER_MINUTE.parse(value);
      int burst = rate.burst() == rate.perMinute() ? 0 : rate.burst();
      return texts.say("value.rate", rate.perMinute(), burst);
    }
    if (value.equals(NONE) && ROLES.contains(setting)) {
      return texts.say(setting.equals(Setting.ALLOWED_ROLES) ? "value.everybody" : "value.nobody");
    }
    if (isOfNames(setting) && !value.equals(NONE)) {
      return Markdown.name(value);
    }
    if (setting.equals(Setting.MODERATION)) {
      return texts.say("value.moderation." + value);
    }
    if (setting.equals(Setting.THREADS)) {
      return texts.say("value.threads." + value);
    }
    if (setting.equals(Setting.LONG_ANSWERS)) {
      return texts.say("value.long-answers." + value);
    }
    if (setting.equals(Setting.QUIET_ANSWERS)) {
      return texts.say(value.equals("on") ? "value.quiet" : "value.aloud");
    }
    return texts.say("value." + value);
  }

  private static boolean isOfNames(Setting<?> setting) {
    return ROLES.contains(setting)
        || WORDS.contains(setting)
        || setting.equals(Setting.ROLE_TOKENS_PER_DAY);
  }
}
