package dev.parley.command;

import dev.parley.language.Texts;
import dev.parley.prompt.Persona;
import dev.parley.settings.Setting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What can be chosen for a setting, and how people read it.
 *
 * @param personas what can be chosen as a persona
 */
record PreferenceValues(List<Persona> personas) {
  PreferenceValues {
    personas = List.copyOf(personas);
  }

  /** The values as {@link Setting#parse} reads them. */
  List<String> of(Setting<?> setting) {
    if (setting.equals(Setting.PERSONA)) {
      return personas.stream().map(Persona::id).toList();
    }
    if (setting.equals(Setting.LANGUAGE)) {
      return Stream.concat(
              Stream.of(Setting.AUTOMATIC), Texts.LANGUAGES.stream().map(Locale::toLanguageTag))
          .toList();
    }
    return setting.choices();
  }

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
    return texts.say("value." + value);
  }
}
