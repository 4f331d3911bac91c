package dev.parley.training;

import java.io.PrintStream;
import java.time.Duration;

/**
 * One line that is written again and again on a terminal, or a line now and then in a log. Confined
 * to one thread.
 */
public final class LiveLine {
  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream err;
  private final boolean live;
  private long shownAt = System.nanoTime();
  private String shown = "";

  /**
   * @param live whether the line is on a terminal
   */
  public LiveLine(PrintStream err, boolean live) {
    this.err = err;
    this.live = live;
  }

  /** Shows a line where it is time, and the last one in any case. */
  public void show(String line, boolean last) {
    long now = System.nanoTime();
    if (live && (last || now - shownAt >= REDRAW_NANOS)) {
      err.print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
      err.flush();
      shown = line;
      shownAt = now;
    } else if (!live && (last || now - shownAt >= LOG_NANOS)) {
      err.println(line);
      shownAt = now;
    }
  }

  /** What comes next begins on a line of its own. */
  public void end() {
    if (!shown.isEmpty()) {
      err.println();
      shown = "";
    }
  }
}
