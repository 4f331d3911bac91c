package dev.parley.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program as a process of its own, from the classes that are tested. */
final class ParleyProcess {
  private ParleyProcess() {}

  /**
   * Starts it.
   *
   * @param home its data folder
   * @param environment variables beside that
   * @param output gets what it prints, appended
   * @param errors the same for its messages; may be the same file
   */
  static Process start(
      Path home, Map<String, String> environment, Path output, Path errors, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
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
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
        .start();
  }
}
