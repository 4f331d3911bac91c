package dev.parley.launcher;

import java.util.Locale;
import java.util.Optional;

/**
 * The language that the environment asks for. Java hears of it from the C library alone, which says
 * English where the system has no such locale installed.
 */
final class SystemLanguage {
  private SystemLanguage() {}

  /**
   * The language of a locale as POSIX names it (Base Definitions, 8.2), {@code
   * language_TERRITORY.codeset@modifier}; empty where it names none.
   */
  static Optional<Locale> of(String posixLocale) {
    String name = posixLocale.split("[.@]", 2)[0];
    return Optional.of(Locale.forLanguageTag(name.replace('_', '-')))
        .filter(locale -> !name.equals("POSIX") && !locale.getLanguage().isEmpty());
  }
}
