package dev.parley.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program as an operator starts it, in a process of its own.
 *
 * @param home its data folder, in which it runs
 * @param output where it goes that it says
 * @param around the command that its own is given to
 * @param environment what it is told
 */
record Program(Path home, File output, List<String> around, Map<String, String> environment) {
  /**
   * One with a model elsewhere.
   *
   * @param home its data folder, where its output goes as well
   * @param platforms what it is told to reach them
   */
  static Program with(Path home, ModelServer model, Map<String, String> platforms) {
    Map<String, String> environment = new HashMap<>(platforms);
    environment.put("PARLEY_MODEL_URL", model.url());
    environment.put("PARLEY_MODEL_NAME", ModelServer.NAME);
    return of(home, home.resolve("output").toFile(), List.of(), environment);
  }

  /** One for people who ask more than a patient bot lets wait. */
  static Program of(Path home, File output, List<String> around, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PARLEY_HOME", home.toString());
    all.put("PARLEY_QUEUE_WAITING_PER_PERSON", "1000");
    all.put("PARLEY_QUEUE_WAITING", "10000");
    all.put("MALLOC_ARENA_MAX", "2"); // as ./parley starts it
    return new Program(home, output, around, Map.copyOf(all));
  }

  /** Starts the bot. */
  Process start() throws IOException {
    return start(List.of());
  }

  /**
   * Starts it.
   *
   * @param javaOptions beside those that it always has
   * @param arguments a command and what belongs to it; none starts the bot
   */
  Process start(List<String> javaOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(around);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dparley.folder=" + Path.of("..").toAbsolutePath().normalize()));
    command.addAll(javaOptions);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.parley.launcher.Parley"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
        .start();
  }
}
