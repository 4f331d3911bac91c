package dev.parley.configuration;

import dev.parley.configuration.YamlFile.Entry;
import dev.parley.language.Texts;
import dev.parley.prompt.Persona;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code config/personas.yaml}. What is wrong is a finding, and its persona left out. */
final class PersonaFile {
  /** Where there is no file. */
  private static final Persona PLAIN = new Persona("assistant", "");

  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_INSTRUCTIONS = 4_000;

  private static final List<String> KEYS =
      Stream.concat(
              Stream.of("instructions"),
              Texts.LANGUAGES.stream().map(language -> "name." + language.toLanguageTag()))
          .toList();

  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Map<String, Entry>> entries = new LinkedHashMap<>();

  private PersonaFile() {}

  /**
   * What a file holds.
   *
   * @param personas at least one, the default first
   */
  record Content(List<Persona> personas, List<Finding> findings) {
    Content {
      personas = List.copyOf(personas);
      findings = List.copyOf(findings);
    }
  }

  /** Reads the file, whatever is in it; {@code name} is how findings call it. */
  static Content read(Path file, String name) {
    if (!Files.exists(file)) {
      return new Content(List.of(PLAIN), List.of());
    }
    PersonaFile personas = new PersonaFile();
    YamlFile yaml = YamlFile.read(file, name);
    personas.findings.addAll(yaml.findings());
    yaml.entries().forEach(personas::sort);
    List<Persona> read =
        personas.entries.entrySet().stream()
            .map(persona -> personas.persona(persona.getKey(), persona.getValue()))
            .toList();
    if (read.isEmpty() && personas.findings.isEmpty()) {
      personas.findings.add(
          Finding.error(new Origin.InFile(name, 0), "", "is empty: it must list a persona"));
    }
    return new Content(read.isEmpty() ? List.of(PLAIN) : read, personas.findings);
  }

  private void sort(String key, Entry entry) {
    int dot = key.indexOf('.');
    String id = dot < 0 ? key : key.substring(0, dot);
    String rest = dot < 0 ? "" : key.substring(dot + 1);
    if (!id.matches("[a-z0-9-]{1,40}")) {
      mistake(entry, key, "a persona's id has lower-case letters, digits and hyphens, at most 40");
    } else if (rest.isEmpty()) {
      mistake(entry, key, id + " needs a name and instructions below it, indented");
    } else if (!KEYS.contains(rest)) {
      mistake(
          entry,
          key,
          key + " is no key here: did you mean " + id + "." + Nearest.to(rest, KEYS) + "?");
    } else {
      entries.computeIfAbsent(id, i -> new LinkedHashMap<>()).put(rest, entry);
    }
  }

  private Persona persona(String id, Map<String, Entry> values) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Locale language : Texts.LANGUAGES) {
      String tag = language.toLanguageTag();
      Entry entry = values.get("name." + tag);
      if (entry != null) {
        String text = text(entry, id + ".name." + tag, LONGEST_NAME);
        if (text.isEmpty()) {
          mistake(entry, id, id + ".name." + tag + " is empty: give the name or take the line out");
        }
        names.put(tag, text);
      }
    }
    if (!names.containsKey(Locale.ENGLISH.toLanguageTag())) {
      mistake(values.values().iterator().next(), id, id + ".name.en is missing");
    }
    Entry instructions = values.get("instructions");
    return new Persona(
        id,
        names,
        instructions == null ? "" : text(instructions, id + ".instructions", LONGEST_INSTRUCTIONS));
  }

  private String text(Entry entry, String key, int longest) {
    String text = entry.text().orElse("").strip();
    if (text.length() > longest) {
      mistake(
          entry, key, key + " has " + text.length() + " characters, " + longest + " are allowed");
    }
    return text;
  }

  private void mistake(Entry entry, String key, String sentence) {
    findings.add(Finding.error(entry.origin(), key, sentence));
  }
}
