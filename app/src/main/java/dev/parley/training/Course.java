package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.training.TrainingRun;
import dev.parley.model.training.TrainingStep;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A run from where it stands to its end: steps, examinations between epochs, and what is saved of
 * them. Confined to the network's thread.
 */
final class Course<R> {
  /** How much work may be lost where the process is killed. */
  private static final long SAVE_NANOS = Duration.ofMinutes(5).toNanos();

  private final String title;
  private final String name;
  private final TrainingRun<R> run;
  private final int stepsPerEpoch;
  private final List<R> heldOut;
  private final RunFolder folder;
  private final Metrics metrics;
  private final StepLine line;
  private final PrintStream err;
  private long savedAt = System.nanoTime();

  /**
   * @param title of the picture
   * @param name of the run
   * @param heldOut to be examined by
   */
  Course(
      String title,
      String name,
      TrainingRun<R> run,
      int epochs,
      List<R> heldOut,
      RunFolder folder,
      Metrics metrics,
      StepLine line,
      PrintStream err) {
    this.title = title;
    this.name = name;
    this.run = run;
    this.stepsPerEpoch = run.steps() / epochs;
    this.heldOut = heldOut;
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
    examine();
    while (run.done() < run.steps()) {
      try (StopSignal stop = stops.get()) {
        run.run(step -> follow(step) && !stop.given());
        line.end();
        save();
        if (stop.given() && run.done() < run.steps()) {
          err.printf(
              "Stopped after step %,d of %,d and saved. The same command goes on from there with"
                  + " --out %s%n",
              run.done(), run.steps(), folder.path());
          return false;
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      examine();
    }
    return true;
  }

  /** Returns whether the epoch goes on. */
  private boolean follow(TrainingStep step) {
    if (!Double.isFinite(step.loss())) {
      throw new ModelException(
          "In step %,d the loss is no number any more: begin anew with a lower --rate."
              .formatted(step.number()));
    }
    try {
      metrics.add(step);
      line.stepped(step);
      if (System.nanoTime() - savedAt > SAVE_NANOS) {
        save();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return step.number() % stepsPerEpoch != 0;
  }

  private void save() throws IOException {
    run.save(folder.state(), name);
    CurvesPicture.write(title, metrics, folder.curves());
    savedAt = System.nanoTime();
  }

  /** Between epochs, once. */
  private void examine() throws IOException {
    boolean between = run.done() % stepsPerEpoch == 0;
    if (!between || heldOut.isEmpty() || metrics.examinedAfter(run.done())) {
      return;
    }
    Examination now = new Examination(run.done(), run.evaluate(heldOut));
    metrics.add(now);
    err.printf("held out, after %,d steps: %s%n", now.step(), now.sentence());
    CurvesPicture.write(title, metrics, folder.curves());
  }
}
