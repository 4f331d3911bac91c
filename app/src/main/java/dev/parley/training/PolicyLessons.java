package dev.parley.training;

import dev.parley.model.training.PolicyOptimization;
import dev.parley.model.training.PpoIteration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Answers that are written, judged and learned from, iteration by iteration.
 *
 * @param prompts that are answered
 * @param heldOut prompts to be examined by
 */
record PolicyLessons(
    PolicyOptimization run, int iterations, List<int[]> prompts, List<int[]> heldOut)
    implements Lessons {
  private static final String REWARD = "reward";
  private static final String KL = "kl";

  @Override
  public String unit() {
    return "iteration";
  }

  @Override
  public List<Curve> curves() {
    return List.of(new Curve(REWARD, REWARD, true), new Curve(KL, "KL in nats", true));
  }

  @Override
  public int steps() {
    return iterations;
  }

  @Override
  public int done() {
    return run.done();
  }

  /** At the beginning and at the end: it takes as long as an iteration. */
  @Override
  public int stepsPerExamination() {
    return iterations;
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
  public boolean run(Predicate<Step> goOn) throws IOException {
    return run.run(prompts, iteration -> goOn.test(step(iteration)));
  }

  /** Everything that was measured. */
  private static Step step(PpoIteration iteration) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(REWARD, iteration.score());
    figures.put(KL, iteration.divergence());
    figures.put("kl_k3", iteration.divergence3());
    figures.put("price", iteration.beta());
    figures.put("entropy", iteration.entropy());
    figures.put("policy_loss", iteration.policyLoss());
    figures.put("value_loss", iteration.valueLoss());
    figures.put("clip_fraction", iteration.clipped());
    figures.put("explained_variance", iteration.explained());
    figures.put("policy_kl", iteration.moved());
    figures.put("gradient_norm", iteration.gradientNorm());
    figures.put("length", iteration.length());
    figures.put("ended", iteration.ended());
    figures.put(Step.SECONDS, iteration.took().toMillis() / 1e3);
    return new Step(iteration.number(), figures);
  }

  @Override
  public Map<String, Double> examine() throws IOException {
    return heldOut.isEmpty() ? Map.of() : run.evaluate(heldOut);
  }
}
