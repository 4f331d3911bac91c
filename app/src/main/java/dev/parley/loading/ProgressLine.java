package dev.parley.loading;

import dev.parley.model.catalogue.ProgressListener;
import java.io.PrintStream;
import java.time.Duration;

/** A download as one line that is written again and again on a terminal, or two lines in a log. */
final class ProgressLine implements ProgressListener, AutoCloseable {
  private static final double MEGABYTE = 1e6;
  private static final int BAR = 24;
  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();

  private final String name;
  private final String licence;
  private final PrintStream err;
  private final boolean live = Attended.here();
  private String announced = "";
  private long startedAt;
  private long drawnAt;
  private long begunWith;

  ProgressLine(String name, String licence, PrintStream err) {
    this.name = name;
    this.licence = licence;
    this.err = err;
  }

  @Override
  public void progress(String source, long done, long total) {
    if (!announced.equals(source)) {
      begin(source, done, total);
    }
    long now = System.nanoTime();
    if (live && (now - drawnAt >= REDRAW_NANOS || done == total)) {
      drawnAt = now;
      err.print("\r" + line(done, total, (now - startedAt) / 1e9) + "  ");
    }
  }

  private void begin(String source, long done, long total) {
    close();
    announced = source;
    startedAt = System.nanoTime();
    begunWith = done;
    String size = total > 0 ? "%.0f MB, ".formatted(total / MEGABYTE) : "";
    err.printf("Fetching %s (%s%s) from %s%n", name, size, licence, source);
    if (done > 0) {
      err.printf("going on after %.0f MB%n", done / MEGABYTE);
    }
  }

  private String line(long done, long total, double seconds) {
    double speed = (done - begunWith) / Math.max(0.1, seconds);
    String come = "%.1f MB/s".formatted(Math.max(0, speed) / MEGABYTE);
    if (total <= 0) {
      return "%.0f MB, %s".formatted(done / MEGABYTE, come);
    }
    int filled = Math.clamp(BAR * done / total, 0, BAR);
    String left = speed > 0 ? ", %.0f s left".formatted((total - done) / speed) : "";
    return "[%s%s] %.0f of %.0f MB, %s%s"
        .formatted(
            "█".repeat(filled),
            " ".repeat(BAR - filled),
            done / MEGABYTE,
            total / MEGABYTE,
            come,
            left);
  }

  @Override
  public void failed(String source, String reason) {
    close();
    err.println("Not from " + source + ": " + reason + ".");
  }

  @Override
  public void close() {
    if (live && !announced.isEmpty()) {
      err.println();
    }
    announced = "";
  }
}
