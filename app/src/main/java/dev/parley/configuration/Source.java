package dev.parley.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All texts that were set, by key: the environment's before the file's. Unknown keys and variables
 * become findings.
 */
final class Source {
  /** Variables that are no keys: they say where the file is, and what the script tells Java. */
  private static final String FILE = "PARLEY_CONFIG";

  private static final Set<String> OTHERS = Set.of(FILE, "PARLEY_JAVA_OPTS");

  private final Path folder;
  private final Path workingFolder;
  private final Map<String, Given> given = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Something set.
   *
   * @param base what a relative path in it is relative to
   */
  record Given(String text, Origin origin, Path base) {}

  private Source(Path folder, Path workingFolder) {
    this.folder = folder;
    this.workingFolder = workingFolder;
  }

  static Source read(Map<String, String> environment, Path folder, Path workingFolder) {
    Source source = new Source(folder, workingFolder);
    source.readFile(environment.getOrDefault(FILE, ""));
    source.readEnvironment(new TreeMap<>(environment));
    return source;
  }

  Optional<Given> of(Key<?> key) {
    return Optional.ofNullable(given.get(key.name()));
  }

  List<Finding> findings() {
    return findings;
  }

  private void readFile(String chosen) {
    Path usual = folder.resolve("config").resolve("parley.yaml");
    if (chosen.isEmpty() && !Files.exists(usual)) {
      return; // everything has a default
    }
    Path file = chosen.isEmpty() ? usual : workingFolder.resolve(chosen);
    Path shown = file.startsWith(folder) ? folder.relativize(file) : file;
    YamlFile yaml = YamlFile.read(file, shown.toString());
    findings.addAll(yaml.findings());
    Set<String> names = Keys.ALL.stream().map(Key::name).collect(Collectors.toSet());
    yaml.entries()
        .forEach(
            (name, entry) -> {
              if (names.contains(name)) {
                entry
                    .text()
                    .ifPresentOrElse(
                        text -> given.put(name, new Given(text, entry.origin(), folder)),
                        () -> findings.add(withoutValue(name, entry.origin())));
              } else if (entry.text().isPresent() || !isSection(name)) {
                findings.add(unknown(name, entry.origin()));
              }
            });
  }

  private void readEnvironment(Map<String, String> environment) {
    environment.forEach(
        (variable, text) -> {
          if (variable.startsWith("PARLEY_")
              && !OTHERS.contains(variable)
              && variables().noneMatch(variable::equals)) {
            String nearest = Nearest.to(variable, variables().toList());
            findings.add(
                Finding.error(
                    new Origin.InEnvironment(variable),
                    variable,
                    "there is no such variable; did you mean " + nearest + "?"));
          }
        });
    for (Key<?> key : Keys.ALL) {
      List<String> set =
          key.variables().stream()
              .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
              .toList();
      if (set.size() > 1) {
        findings.add(
            Finding.error(
                new Origin.InEnvironment(set.getFirst()),
                key.name(),
                "says the same as " + set.getLast() + ": keep one"));
      }
      if (!set.isEmpty()) {
        String variable = set.getFirst();
        given.put(
            key.name(),
            new Given(
                environment.getOrDefault(variable, ""),
                new Origin.InEnvironment(variable),
                workingFolder));
      }
    }
  }

  private static Stream<String> variables() {
    return Keys.ALL.stream().flatMap(key -> key.variables().stream());
  }

  private static boolean isSection(String name) {
    return Keys.ALL.stream().anyMatch(key -> key.name().startsWith(name + "."));
  }

  private static Finding withoutValue(String name, Origin origin) {
    return Finding.error(
        origin, name, name + " has no value: give one, or take the line out for the default");
  }

  private static Finding unknown(String key, Origin origin) {
    String name = // what lies within a secret may be the secret
        Keys.SECRETS.stream()
            .map(Key::name)
            .filter(secret -> key.startsWith(secret + "."))
            .findFirst()
            .map(secret -> secret + "….")
            .orElse(key);
    String sentence =
        isSection(name)
            ? name + " takes no value itself: its keys belong indented below it"
            : "there is no key "
                + name
                + "; did you mean "
                + Nearest.to(name, Keys.ALL.stream().map(Key::name).toList())
                + "?";
    return Finding.error(origin, name, sentence);
  }
}
