package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a process takes of its machine while it runs, looked at again and again, by Linux. What
 * comes and goes is compared where it is least, which is where the process rests.
 */
final class Vitals {
  private static final int QUARTERS = 4;

  /** Of itself, that a figure may grow by from the third quarter of the time to the last. */
  private static final double MOST_GROWTH = 0.05;

  private final List<Look> looks = new ArrayList<>();

  private record Look(long nanos, long kilobytes, long threads, long handles) {}

  private interface Figure {
    double of(Look look);
  }

  /** Looks once more; a process that has just ended is not there any more. */
  void look(long pid) {
    Path process = Path.of("/proc", "" + pid);
    try (Stream<Path> handles = Files.list(process.resolve("fd"))) {
      List<String> status = Files.readAllLines(process.resolve("status"));
      looks.add(
          new Look(
              System.nanoTime(),
              number(status, "VmRSS:"),
              number(status, "Threads:"),
              handles.count()));
    } catch (IOException ended) {
      // and is not looked at
    }
  }

  private static long number(List<String> status, String name) throws IOException {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException(name));
  }

  /** Resident memory, threads and file handles: least and most, and the least of each quarter. */
  String table() {
    return looks.isEmpty()
        ? ""
        : row("memory, MB", look -> look.kilobytes / 1024.0)
            + row("threads", Look::threads)
            + row("file handles", Look::handles);
  }

  private String row(String name, Figure figure) {
    return "| %s | %.0f to %.0f; least of each quarter: %s |%n"
        .formatted(
            name,
            least(looks, figure),
            looks.stream().mapToDouble(figure::of).max().orElseThrow(),
            IntStream.range(0, QUARTERS)
                .mapToObj(quarter -> "%.0f".formatted(least(quarter(quarter), figure)))
                .collect(Collectors.joining(", ")));
  }

  /**
   * Fails where resident memory, threads or file handles grow. What a start takes, and what caches
   * may keep, is taken in the first half.
   */
  void assertFlat() {
    assertFlat("memory", Look::kilobytes);
    assertFlat("threads", Look::threads);
    assertFlat("file handles", Look::handles);
  }

  private void assertFlat(String name, Figure figure) {
    double before = least(quarter(QUARTERS - 2), figure);
    double after = least(quarter(QUARTERS - 1), figure);
    assertThat(after / before - 1).as(name).isLessThan(MOST_GROWTH);
  }

  private static double least(List<Look> some, Figure figure) {
    return some.stream().mapToDouble(figure::of).min().orElse(Double.NaN);
  }

  private List<Look> quarter(int number) {
    long first = looks.getFirst().nanos;
    double length = (looks.getLast().nanos - first) / (double) QUARTERS;
    return looks.stream()
        .filter(look -> Math.min((int) ((look.nanos - first) / length), QUARTERS - 1) == number)
        .toList();
  }
}
