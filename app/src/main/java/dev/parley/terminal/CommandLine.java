package dev.parley.terminal;

import dev.parley.platform.CommandDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A line such as {@code /preferences creativity precise}, taken apart: words go to the options in
 * order, or follow the name of their option; the last option takes the rest of the line.
 */
record CommandLine(String command, Map<String, String> options) {

  /** Takes a line apart that begins with a slash; empty where no such command exists. */
  static Optional<CommandLine> parse(String line, List<CommandDefinition> definitions) {
    String[] words = line.strip().substring(1).split("\\s+", 2);
    String name = words[0].toLowerCase(Locale.ROOT);
    String rest = words.length > 1 ? words[1].strip() : "";
    return definitions.stream()
        .filter(definition -> definition.name().equals(name))
        .findFirst()
        .map(definition -> new CommandLine(name, definition.read(rest)));
  }
}
