package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a process takes of its machine while it runs, looked at again and again, by Linux. */
final class Vitals {
  private static final double NANOS_PER_HOUR = 3_600e9;

  /** Of itself, that a figure may grow by in an hour: what comes and goes is not all at once. */
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

  /** Resident memory, threads and file handles: the first, the last, and what an hour adds. */
  String table() {
    return row("memory, MB", look -> look.kilobytes / 1024.0)
        + row("threads", Look::threads)
        + row("file handles", Look::handles);
  }

  /** Fails where resident memory, threads or file handles grow. */
  void assertFlat() {
    assertFlat("memory", Look::kilobytes);
    assertFlat("threads", Look::threads);
    assertFlat("file handles", Look::handles);
  }

  private void assertFlat(String name, Figure figure) {
    double mean = warm().stream().mapToDouble(figure::of).average().orElseThrow();
    assertThat(slope(warm(), figure) / mean).as(name).isLessThan(MOST_GROWTH);
  }

  /** What a start takes, and what caches may keep, is taken in the first half. */
  private List<Look> warm() {
    return looks.subList(looks.size() / 2, looks.size());
  }

  private String row(String name, Figure figure) {
    List<Look> warm = warm();
    return warm.isEmpty()
        ? ""
        : "| %s | %.0f to %.0f, %+.1f an hour |%n"
            .formatted(
                name, figure.of(warm.getFirst()), figure.of(warm.getLast()), slope(warm, figure));
  }

  /** By least squares. */
  private static double slope(List<Look> some, Figure figure) {
    double meanTime = some.stream().mapToDouble(Look::nanos).average().orElse(0);
    double mean = some.stream().mapToDouble(figure::of).average().orElse(0);
    double together =
        some.stream().mapToDouble(l -> (l.nanos - meanTime) * (figure.of(l) - mean)).sum();
    double alone = some.stream().mapToDouble(l -> Math.pow(l.nanos - meanTime, 2)).sum();
    return alone == 0 ? 0 : together / alone * NANOS_PER_HOUR;
  }
}
