package dev.parley.launcher;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The language that the environment asks for. Java hears of it from the C library alone, which says
 * English where the system has no such locale installed.
 */
final class SystemLanguage {
  private SystemLanguage() {}

  /**
   * The locale of messages (POSIX, Base Definitions, 8.2): empty where the environment names none,
   * or the one that means no language.
   */
  static Optional<Locale> of(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(variable -> environment.getOrDefault(variable, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> value.split("[.@]", 2)[0]) // language_TERRITORY.codeset@modifier
        .filter(name -> !name.equals("POSIX"))
        .map(name -> Locale.forLanguageTag(name.replace('_', '-')))
        .filter(locale -> !locale.getLanguage().isEmpty());
  }
}
