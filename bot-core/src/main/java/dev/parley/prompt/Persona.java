package dev.parley.prompt;

import java.util.Locale;
import java.util.Map;

/**
 * A named system prompt.
 *
 * @param id lower-case, as stored in settings
 * @param names what people read, by language tag such as {@code en} or {@code zh-Hant-TW}
 * @param instructions what the model is told to be, in English unless the operator wrote otherwise
 */
public record Persona(String id, Map<String, String> names, String instructions) {
  public Persona {
    names = Map.copyOf(names);
  }

  /** One that is shown by its id. */
  public Persona(String id, String instructions) {
    this(id, Map.of(), instructions);
  }

  /** The name in a language, else the English one, else the id. */
  public String name(Locale language) {
    return names.getOrDefault(
        language.toLanguageTag(), names.getOrDefault(Locale.ENGLISH.toLanguageTag(), id));
  }
}
