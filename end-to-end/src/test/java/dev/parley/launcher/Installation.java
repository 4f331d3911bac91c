package dev.parley.launcher;

import dev.parley.configuration.ConfigurationReport;
import dev.parley.discord.DiscordAccount;
import dev.parley.endtoend.ModelServer;
import dev.parley.storage.Database;
import dev.parley.storage.DatabaseFile;
import dev.parley.telegram.TelegramAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Parley as an operator has it on a machine, with a bot on both platforms, a model, a database and
 * a backup. Nothing is wrong with it until a test sees to that.
 */
final class Installation implements AutoCloseable {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied.F32.gguf");

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final TelegramAccount telegram = held(new TelegramAccount());
  private final DiscordAccount discord = held(new DiscordAccount());
  private final List<String> javaOptions = new ArrayList<>();
  private final List<String> mounts = new ArrayList<>();

  /**
   * What the doctor said.
   *
   * @param status of the exit
   */
  record Outcome(int status, List<String> lines) {}

  Installation(Path folder) throws Exception {
    this.folder = folder;
    for (String file : List.of("parley.yaml", "personas.yaml")) {
      writes("config/" + file, Files.readString(Path.of("../config", file)));
    }
    byte[] model = Files.readAllBytes(TINY);
    Files.write(Files.createDirectories(home().resolve("models")).resolve("tiny.gguf"), model);
    writes("config/models.yaml", catalogue(model));
    Database.open(database()).close();
    Files.createDirectories(backup().getParent());
    new DatabaseFile(database()).copyTo(backup());
    discord.isInvited();
    sets("PARLEY_HOME", home().toString());
    sets("PARLEY_MODEL", "tiny");
    sets(telegram.environment());
    sets(discord.environment());
  }

  private static String catalogue(byte[] model) throws Exception {
    return """
    models:
      - id: tiny
        name: Tiny
        architecture: llama
        languages: [en]
        size: %d
        licence: Apache-2.0
        context: 256
        minimum-memory-mb: 100
        sources:
          - path: nowhere.gguf
            sha256: %s
    """
        .formatted(
            model.length,
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model)));
  }

  /** A file of the folder that Parley lies in. */
  Path file(String name) {
    return folder.resolve(name);
  }

  Path home() {
    return file("data");
  }

  Path database() {
    return home().resolve("parley.db");
  }

  Path backup() {
    return home().resolve("backups").resolve("parley-2026-11-24-120000.db");
  }

  Path model() {
    return home().resolve("models").resolve("tiny.gguf");
  }

  TelegramAccount telegram() {
    return telegram;
  }

  DiscordAccount discord() {
    return discord;
  }

  Installation sets(String variable, String text) {
    environment.put(variable, text);
    return this;
  }

  Installation sets(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  Installation unsets(String variable) {
    environment.remove(variable);
    return this;
  }

  /** Writes a file, for its owner alone. */
  Path writes(String name, String text) throws IOException {
    Path file = file(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Writes nonsense over a part of a file. */
  void overwrites(Path file, long from, int bytes) throws IOException {
    byte[] nonsense = new byte[bytes];
    Arrays.fill(nonsense, (byte) 0xA5);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.seek(from);
      opened.write(nonsense);
    }
  }

  /** Until the end of the test. */
  <T extends AutoCloseable> T held(T what) {
    open.push(what);
    return what;
  }

  /** Starts Java with one more option, in a process of its own. */
  void startsWith(String javaOption) {
    javaOptions.add(javaOption);
  }

  /** Mounts a disk on a folder for the process of its own alone. */
  void mounts(String options, Path at) throws IOException {
    mounts.add("mount -t tmpfs -o %s none %s".formatted(options, Files.createDirectories(at)));
  }

  /** And then does something to it. */
  void runs(String command) {
    mounts.add(command);
  }

  Outcome doctor() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    CommandLine line =
        new CommandLine(
            new DoctorCommand(() -> ConfigurationReport.read(environment, folder, folder), out));
    Failures.explainOn(line);
    int status = line.execute();
    return new Outcome(status, bytes.toString(StandardCharsets.UTF_8).lines().toList());
  }

  /** The program itself, with a model that is elsewhere: loading one takes longer. */
  Outcome doctorOfItsOwn() throws Exception {
    ModelServer server = held(new ModelServer(question -> ""));
    List<String> command = new ArrayList<>();
    if (!mounts.isEmpty()) {
      String all = String.join(" && ", mounts);
      command.addAll(List.of("unshare", "-rm", "sh", "-c", all + " && exec \"$@\"", "sh"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dstdout.encoding=UTF-8",
            "-Dparley.folder=" + folder));
    command.addAll(javaOptions);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.parley.launcher.Parley"));
    command.add("doctor");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().remove("PARLEY_MODEL");
    builder.environment().put("PARLEY_MODEL_URL", server.url());
    Path errors = file("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (!process.waitFor(1, TimeUnit.MINUTES) || lines.isEmpty()) {
      throw new AssertionError("it said nothing: " + Files.readString(errors));
    }
    return new Outcome(process.exitValue(), lines);
  }

  @Override
  public void close() {
    open.forEach(
        each -> {
          try {
            each.close();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
