package dev.parley.training;

import dev.parley.model.ModelException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A run from where it stands to its end: steps, examinations between them, and what is saved of
 * both. Confined to the network's thread.
 */
final class Course {
  /** How much work may be lost where the process is killed. */
  private static final long SAVE_NANOS = Duration.ofMinutes(5).toNanos();

  private final String title;
  private final String name;
  private final Lessons lessons;
  private final RunFolder folder;
  private final Metrics metrics;
  private final StepLine line;
  private final PrintStream err;
  private long savedAt = System.nanoTime();

  /**
   * @param title of the picture
   * @param name of the run
   */
  Course(
      String title,
      String name,
      Lessons lessons,
      RunFolder folder,
      Metrics metrics,
      StepLine line,
      PrintStream err) {
    this.title = title;
    this.name = name;
    this.lessons = lessons;
    this.folder = folder;
    this.metrics = metrics;
    this.line = line;
    this.err = err;
  }

  /**
   * Goes on until the end, or until it is to stop. Only while steps are made is a signal listened
   * to: at other times nothing is lost where the process ends at once.
   *
   * @return whether the end was reached
   */
  boolean run(Supplier<? extends StopSignal> stops) throws IOException {
    boolean ended = false;
    examine(false);
    while (!ended && lessons.done() < lessons.steps()) {
      try (StopSignal stop = stops.get()) {
        ended = lessons.run(step -> follow(step) && !stop.given());
        line.end();
        save();
        if (stop.given() && !ended && lessons.done() < lessons.steps()) {
          err.printf(
              "Stopped after %s %,d of %,d and saved. The same command goes on from there with"
                  + " --out %s%n",
              lessons.unit(), lessons.done(), lessons.steps(), folder.path());
          return false;
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      examine(ended);
    }
    return true;
  }

  /** Returns whether it goes on, rather than to an examination. */
  private boolean follow(Step step) {
    if (!step.figures().values().stream().allMatch(Double::isFinite)) {
      throw new ModelException(
          "In %s %,d the loss is no number any more: begin anew with a lower --rate."
              .formatted(lessons.unit(), step.number()));
    }
    try {
      metrics.add(step, lessons.steps());
      line.stepped(step);
      if (System.nanoTime() - savedAt > SAVE_NANOS) {
        save();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return step.number() % lessons.stepsPerExamination() != 0;
  }

  private void save() throws IOException {
    lessons.save(folder.state(), name);
    draw();
    savedAt = System.nanoTime();
  }

  /** Between epochs and at the end, once. */
  private void examine(boolean ended) throws IOException {
    boolean between = ended || lessons.done() % lessons.stepsPerExamination() == 0;
    if (!between || metrics.examinedAfter(lessons.done())) {
      return;
    }
    Map<String, Double> figures = lessons.examine();
    if (figures.isEmpty()) {
      return;
    }
    Examination now = new Examination(lessons.done(), figures);
    metrics.add(now);
    err.printf("held out, after %,d %ss: %s%n", now.step(), lessons.unit(), now.sentence());
    draw();
  }

  private void draw() throws IOException {
    if (!metrics.steps().isEmpty()) {
      CurvesPicture.of(title, lessons.unit(), lessons.curves(), metrics).write(folder.curves());
    }
  }
}
