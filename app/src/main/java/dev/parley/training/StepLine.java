package dev.parley.training;

import dev.parley.model.training.TrainingStep;
import java.io.PrintStream;
import java.time.Duration;

/**
 * How a run goes: one line that is written again and again on a terminal, or a line now and then in
 * a log. Confined to one thread.
 */
final class StepLine {
  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();
  private static final double SECOND = 1e9;

  private final PrintStream err;
  private final boolean live;
  private final double tokensPerStep;
  private final Smoothing loss = new Smoothing();
  private final Smoothing tokens = new Smoothing();
  private final Smoothing seconds = new Smoothing();
  private long shownAt = System.nanoTime();
  private String shown = "";

  /**
   * @param live whether the line is on a terminal
   * @param tokensPerStep in the mean
   */
  StepLine(PrintStream err, boolean live, double tokensPerStep) {
    this.err = err;
    this.live = live;
    this.tokensPerStep = tokensPerStep;
  }

  void stepped(TrainingStep step) {
    String line = line(step);
    long now = System.nanoTime();
    boolean last = step.number() == step.of();
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

  /** Such as {@code step 12 of 45, loss 1.2345, 412 tokens/s, 3 min left}. */
  private String line(TrainingStep step) {
    double speed =
        tokens.add((double) step.tokens())
            / seconds.add(Math.max(1, step.took().toNanos()) / SECOND);
    String text =
        "step %,d of %,d, loss %.4f, %,.0f tokens/s"
            .formatted(step.number(), step.of(), loss.add(step.loss()), speed);
    int left = step.of() - step.number();
    return left == 0
        ? text
        : text + ", %s left".formatted(TimeText.of(left * tokensPerStep / speed));
  }

  /** What comes next begins on a line of its own. */
  void end() {
    if (!shown.isEmpty()) {
      err.println();
      shown = "";
    }
  }
}
