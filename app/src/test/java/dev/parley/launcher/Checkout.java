package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the launcher script among sources, with a Java and a Maven that only tell how they were
 * called. The system's folders are those of this machine moved below {@code root}, so that no real
 * JDK is found.
 */
final class Checkout {
  /** All that the script may use of a system. */
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "dirname",
          "find",
          "ln",
          "locale",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail");

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$*" >>"$CALLS/maven"
      [ ! -e "$CALLS/broken" ] || { echo "[ERROR] ';' expected"; exit 1; }
      mkdir -p "$CALLS/../checkout/app/target"
      : >"$CALLS/../checkout/app/target/app-1.jar"
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do echo "<$argument>"; done
      echo "home=${0%/bin/java} folder=$PWD spin=$GOMP_SPINCOUNT optout=$OPT_OUT_TRACKING all=$LC_ALL"
      """;

  private final Path root;
  private final Path folder;
  private final List<String> path = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private String javaHome = "";

  /** What came of a start. */
  record Outcome(int status, String output, String errors) {}

  Checkout(Path root) throws IOException {
    this.root = root;
    this.folder = Files.createDirectories(root.resolve("checkout"));
    Files.createDirectories(root.resolve("calls"));
    Path bin = Files.createDirectories(root.resolve("bin"));
    for (String tool : TOOLS) {
      Path real =
          Stream.of("/usr/bin", "/bin")
              .map(f -> Path.of(f, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      executable(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
    }
    path.add(bin.toString());
    String script = Files.readString(Path.of("..", "parley"));
    for (String place : List.of("/usr/lib", "/usr/java", "/usr/local", "/opt/", "/Library/")) {
      script = script.replace(" " + place, " \"$SYSTEM\"" + place);
    }
    executable(folder.resolve("parley"), script);
    for (String source : List.of("pom.xml", "app/pom.xml", "app/src/main/java/A.java")) {
      Files.createDirectories(folder.resolve(source).getParent());
      Files.writeString(folder.resolve(source), "");
    }
    sourcesAreOld();
  }

  Path folder() {
    return folder;
  }

  /** Makes a JDK of a version below one of the system's folders; returns its home. */
  Path jdk(String home, String version) throws IOException {
    Path jdk = root.resolve("system" + home);
    Files.createDirectories(jdk.resolve("bin"));
    executable(jdk.resolve("bin/java"), JAVA);
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  Checkout withMaven() throws IOException {
    Path maven = Files.createDirectories(root.resolve("maven"));
    executable(maven.resolve("mvn"), MAVEN);
    path.add(maven.toString());
    return this;
  }

  Checkout javaHome(Path home) {
    javaHome = home.toString();
    return this;
  }

  Checkout variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Checkout onPath(Path bin) {
    path.add(bin.toString());
    return this;
  }

  /** Makes it what the archive unpacks to: a jar and no sources. */
  Checkout asUnpackedArchive() throws IOException {
    Files.delete(folder.resolve("pom.xml"));
    Files.delete(folder.resolve("app/pom.xml"));
    Files.delete(folder.resolve("app/src/main/java/A.java"));
    Files.writeString(folder.resolve("app/app-1.jar"), "");
    return this;
  }

  void breakTheSources() throws IOException {
    Files.writeString(root.resolve("calls/broken"), "");
  }

  void repairTheSources() throws IOException {
    Files.delete(root.resolve("calls/broken"));
  }

  /** As if everything had been written an hour ago. */
  void sourcesAreOld() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
  }

  /** As if a file had been written a little after whatever was built until now. */
  void touch(String file) throws IOException {
    Files.setLastModifiedTime(folder.resolve(file), FileTime.from(Instant.now().plusSeconds(60)));
  }

  long builds() throws IOException {
    Path calls = root.resolve("calls/maven");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  Outcome start(String... arguments) throws Exception {
    return start(folder.resolve("parley"), root, arguments);
  }

  /** Starts by a path of the script from a working folder. */
  Outcome start(Path script, Path from, String... arguments) throws Exception {
    return finish(begin(script, from, arguments));
  }

  Process begin(Path script, Path from, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", String.join(":", path),
                "HOME", root.resolve("system/home").toString(),
                "SYSTEM", root.resolve("system").toString(),
                "CALLS", root.resolve("calls").toString(),
                "JAVA_HOME", javaHome));
    builder.environment().putAll(variables);
    return builder.start();
  }

  static Outcome finish(Process process) throws Exception {
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output, errors);
  }

  private static void executable(Path file, String text) {
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
