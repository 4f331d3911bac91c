package dev.parley.training;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a run goes, step by step. Confined to one thread. */
final class StepLine {
  private final LiveLine line;
  private final Lessons lessons;
  private final Map<String, Smoothing> means = new HashMap<>();

  /**
   * @param live whether the line is on a terminal
   */
  StepLine(PrintStream err, boolean live, Lessons lessons) {
    this.line = new LiveLine(err, live);
    this.lessons = lessons;
  }

  void stepped(Step step) {
    line.show(line(step), step.number() == lessons.steps());
  }

  /** Such as {@code step 12 of 45, loss 1.2345, 412 tokens/s, 3 min left}. */
  private String line(Step step) {
    List<String> parts = new ArrayList<>();
    parts.add("%s %,d of %,d".formatted(lessons.unit(), step.number(), lessons.steps()));
    lessons.curves().stream()
        .filter(Curve::noisy)
        .forEach(
            curve -> parts.add("%s %.4f".formatted(curve.label(), mean(step, curve.figure()))));
    double seconds = Math.max(1e-6, mean(step, Step.SECONDS));
    if (step.figures().containsKey(Step.TOKENS)) {
      parts.add("%,.0f tokens/s".formatted(mean(step, Step.TOKENS) / seconds));
    }
    int left = lessons.steps() - step.number();
    if (left > 0) {
      parts.add(TimeText.of(left * seconds) + " left");
    }
    return String.join(", ", parts);
  }

  private double mean(Step step, String figure) {
    return means.computeIfAbsent(figure, any -> new Smoothing()).add(step.figure(figure));
  }

  /** What comes next begins on a line of its own. */
  void end() {
    line.end();
  }
}
