package dev.parley.endtoend;

import java.io.IOException;
import java.nio.file.Path;
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
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dparley.folder=" + Path.of("..").toAbsolutePath().normalize(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.parley.launcher.Parley");
    builder
        .environment()
        .putAll(
            Map.of(
                "PARLEY_HOME",
                home.toString(),
                "PARLEY_MODEL_URL",
                model.url(),
                "PARLEY_MODEL_NAME",
                ModelServer.NAME,
                // a person asks more here than a patient bot lets wait
                "PARLEY_QUEUE_WAITING_PER_PERSON",
                "1000",
                "PARLEY_QUEUE_WAITING",
                "10000"));
    builder.environment().putAll(platforms);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile()))
        .start();
  }
}
