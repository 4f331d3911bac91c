package dev.parley.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the operator set by {@code PARLEY_…} variables. Immutable.
 *
 * @param home data folder: database, models, logs
 * @param folder where Parley lies, with {@code config/} in it
 * @param model catalogue id or path of a model file
 * @param modelUrl address of an OpenAI-compatible server instead of the local engine
 * @param modelName which of the server's models
 * @param modelKey the server's key, never shown
 * @param slots generations that run at once
 * @param slotLength tokens of each, prompt and answer together
 * @param exact whether weights stay in fp32
 */
public record Configuration(
    Path home,
    Path folder,
    Optional<String> model,
    Optional<String> modelUrl,
    String modelName,
    Secret modelKey,
    int slots,
    int slotLength,
    boolean exact) {

  private static final List<String> KNOWN =
      List.of(
          "PARLEY_HOME",
          "PARLEY_MODEL",
          "PARLEY_MODEL_URL",
          "PARLEY_MODEL_NAME",
          "PARLEY_MODEL_KEY",
          "PARLEY_MODEL_KEY_FILE",
          "PARLEY_MODEL_SLOTS",
          "PARLEY_MODEL_CONTEXT",
          "PARLEY_MODEL_WEIGHTS",
          "PARLEY_JAVA_OPTS");

  /**
   * Reads the environment.
   *
   * @param folder where Parley lies
   * @throws ConfigurationException with every mistake there is
   */
  public static Configuration read(Map<String, String> environment, Path folder)
      throws ConfigurationException {
    List<String> mistakes = new ArrayList<>();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith("PARLEY_") && !KNOWN.contains(name)) {
        mistakes.add(name + ": no such setting; did you mean " + Nearest.to(name, KNOWN) + "?");
      }
    }
    String weights = environment.getOrDefault("PARLEY_MODEL_WEIGHTS", "fp16");
    if (!weights.equals("fp16") && !weights.equals("fp32")) {
      mistakes.add("PARLEY_MODEL_WEIGHTS: expected fp16 or fp32, found " + weights);
    }
    Configuration configuration =
        new Configuration(
            Path.of(environment.getOrDefault("PARLEY_HOME", folder.resolve("data").toString()))
                .toAbsolutePath(),
            folder,
            value(environment, "PARLEY_MODEL"),
            value(environment, "PARLEY_MODEL_URL"),
            environment.getOrDefault("PARLEY_MODEL_NAME", ""),
            secret(environment, "PARLEY_MODEL_KEY", mistakes),
            number(environment, "PARLEY_MODEL_SLOTS", 8, 1, 64, mistakes),
            number(environment, "PARLEY_MODEL_CONTEXT", 2_048, 256, 131_072, mistakes),
            weights.equals("fp32"));
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(mistakes);
    }
    return configuration;
  }

  /** The file that remembers what {@code model use} chose. */
  public Path chosenModelFile() {
    return home.resolve("model.txt");
  }

  public Path modelsFolder() {
    return home.resolve("models");
  }

  public Path databaseFile() {
    return home.resolve("parley.db");
  }

  public Path catalogueFile() {
    return folder.resolve("config").resolve("models.yaml");
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static Secret secret(
      Map<String, String> environment, String name, List<String> mistakes) {
    Optional<String> file = value(environment, name + "_FILE");
    if (file.isPresent()) {
      try {
        return new Secret(Files.readString(Path.of(file.get())).strip());
      } catch (java.io.IOException | java.nio.file.InvalidPathException e) {
        mistakes.add(name + "_FILE: expected a readable file, found none at " + file.get());
      }
    }
    return new Secret(environment.getOrDefault(name, ""));
  }

  private static int number(
      Map<String, String> environment,
      String name,
      int otherwise,
      int least,
      int most,
      List<String> mistakes) {
    String text = environment.getOrDefault(name, String.valueOf(otherwise));
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    mistakes.add(name + ": expected a number from " + least + " to " + most + ", found " + text);
    return otherwise;
  }
}
