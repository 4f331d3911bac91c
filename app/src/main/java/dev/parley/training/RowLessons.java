package dev.parley.training;

import dev.parley.model.training.TrainingRun;
import dev.parley.model.training.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Rows that are learned from, epoch by epoch.
 *
 * @param heldOut to be examined by
 */
record RowLessons<R>(TrainingRun<R> run, int epochs, List<R> heldOut) implements Lessons {
  private static final String LOSS = "loss";
  private static final String RATE = "rate";

  @Override
  public String unit() {
    return "step";
  }

  @Override
  public List<Curve> curves() {
    return List.of(new Curve(LOSS, LOSS, true), new Curve(RATE, "learning rate", false));
  }

  @Override
  public int steps() {
    return run.steps();
  }

  @Override
  public int done() {
    return run.done();
  }

  @Override
  public int stepsPerExamination() {
    return run.steps() / epochs;
  }

  @Override
  public boolean resume(Path file, String name) throws IOException {
    return run.resume(file, name);
  }

  @Override
  public void save(Path file, String name) throws IOException {
    run.save(file, name);
  }

  @Override
  public boolean run(Predicate<Step> goOn) {
    return run.run(step -> goOn.test(step(step)));
  }

  private static Step step(TrainingStep step) {
    return new Step(
        step.number(),
        Map.of(
            LOSS,
            step.loss(),
            "gradient_norm",
            step.gradientNorm(),
            RATE,
            step.rate(),
            Step.TOKENS,
            (double) step.tokens(),
            Step.SECONDS,
            step.took().toMillis() / 1e3));
  }

  @Override
  public Map<String, Double> examine() {
    return heldOut.isEmpty() ? Map.of() : run.evaluate(heldOut);
  }
}
