package dev.parley.launcher;

import dev.parley.model.catalogue.ProgressListener;
import java.io.PrintStream;
import java.time.Duration;

/** A download as one line that is written again and again on a terminal, or two lines in a log. */
final class ProgressLine implements ProgressListener, AutoCloseable {
  private static final double MEGABYTE = 1e6;
  private static final int BAR = 24;
  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();

  private final String name;
  private final PrintStream err;
  private final boolean live = Attended.here();
  private final long startedAt = System.nanoTime();
  private long drawnAt;
  private long begunWith = -1;
  private boolean announced;

  ProgressLine(String name, PrintStream err) {
    this.name = name;
    this.err = err;
  }

  @Override
  public void progress(String source, long done, long total) {
    if (!announced) {
      announced = true;
      err.printf("Fetching %s (%.0f MB) from %s%n", name, total / MEGABYTE, source);
    }
    if (begunWith < 0) {
      begunWith = done;
    }
    long now = System.nanoTime();
    if (live && (now - drawnAt >= REDRAW_NANOS || done == total)) {
      drawnAt = now;
      double seconds = Math.max(0.1, (now - startedAt) / 1e9);
      double speed = (done - begunWith) / seconds;
      int filled = total > 0 ? (int) (BAR * done / total) : 0;
      err.printf(
          "\r[%s%s] %.0f of %.0f MB, %.1f MB/s, %.0f s left  ",
          "█".repeat(filled),
          " ".repeat(BAR - filled),
          done / MEGABYTE,
          total / MEGABYTE,
          speed / MEGABYTE,
          speed > 0 ? (total - done) / speed : 0);
    }
  }

  @Override
  public void close() {
    if (live && announced) {
      err.println();
    }
  }
}
