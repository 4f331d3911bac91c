package dev.parley.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program as an operator starts it, in a process of its own. */
final class Program {
  private Program() {}

  /**
   * Starts one.
   *
   * @param home its data folder, where its output goes as well
   * @param platforms what it is told to reach them
   */
  static Process start(Path home, ModelServer model, Map<String, String> platforms)
      throws IOException {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "PARLEY_MODEL_URL",
                model.url(),
                "PARLEY_MODEL_NAME",
                ModelServer.NAME,
                // a person asks more here than a patient bot lets wait
                "PARLEY_QUEUE_WAITING_PER_PERSON",
                "1000",
                "PARLEY_QUEUE_WAITING",
                "10000"));
    environment.putAll(platforms);
    return start(home, environment);
  }

  /**
   * Starts a command of it.
   *
   * @param home its data folder, where its output goes as well
   * @param environment all that it is told there
   * @param arguments of the command line; none start the bot
   */
  static Process start(Path home, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dparley.folder=" + Path.of("..").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.parley.launcher.Parley"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PARLEY_HOME", home.toString());
    builder.environment().putAll(environment);
    return builder
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile()))
        .start();
  }
}
