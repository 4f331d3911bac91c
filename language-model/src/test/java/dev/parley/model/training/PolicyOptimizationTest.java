package dev.parley.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny network learns to prefer the lower half of its vocabulary. */
class PolicyOptimizationTest {
  private static final int END = 2;

  private final List<int[]> prompts = List.of(new int[] {7, 300, 12}, new int[] {450, 9});

  @TempDir private Path folder;

  @Test
  void whatIsRewardedBecomesMoreFrequentWithinItsLeash() throws IOException {
    List<PpoIteration> iterations = run(options(12, 0.02), folder.resolve("run"), 100);

    PpoIteration first = iterations.getFirst();
    PpoIteration last = iterations.getLast();
    assertThat(iterations).hasSize(12);
    assertThat(first.divergence()).isCloseTo(0, within(1e-3));
    assertThat(score(iterations.subList(9, 12)))
        .isGreaterThan(score(iterations.subList(0, 3)) + 0.1);
    assertThat(last.divergence()).isBetween(0.5, 40.0);
    assertThat(last.divergence3()).isPositive();
    assertThat(iterations)
        .allSatisfy(
            each -> {
              assertThat(each.entropy()).isBetween(0.0, Math.log(512));
              assertThat(each.clipped()).isBetween(0.0, 1.0);
              assertThat(each.length()).isBetween(1.0, 4.0);
              assertThat(each.moved()).isNotNegative().isLessThan(1);
            });
  }

  @Test
  void aDearLeashHoldsItBack() throws IOException {
    List<PpoIteration> loose = run(options(8, 0.0), folder.resolve("loose"), 100);
    List<PpoIteration> tight = run(options(8, 1.0), folder.resolve("tight"), 100);

    assertThat(tight.getLast().divergence()).isLessThan(loose.getLast().divergence() / 2);
  }

  @Test
  void aRunThatStopsGoesOnToTheSameNumbers() throws IOException {
    Map<String, float[]> whole = new TreeMap<>();
    List<PpoIteration> uninterrupted = run(options(4, 0.05), folder.resolve("whole"), 100, whole);

    Path file = folder.resolve("stopped");
    List<PpoIteration> begun = run(options(4, 0.05), file, 2);
    Map<String, float[]> resumed = new TreeMap<>();
    List<PpoIteration> rest = run(options(4, 0.05), file, 100, resumed);

    assertThat(begun).hasSize(2);
    assertThat(rest).hasSize(2);
    assertThat(rest.getLast().score()).isEqualTo(uninterrupted.getLast().score());
    assertThat(resumed)
        .allSatisfy((name, values) -> assertThat(values).containsExactly(whole.get(name)));
  }

  @Test
  void thePriceRisesWhereTheDivergenceIsAboveItsTarget() {
    DivergencePrice price = new DivergencePrice(0.1, OptionalDouble.of(5));

    price.observe(100, 500);
    assertThat(price.value()).isCloseTo(0.11, within(1e-9));
    price.observe(0, 500);
    assertThat(price.value()).isCloseTo(0.099, within(1e-9));
  }

  private static PpoOptions options(int iterations, double beta) {
    return new PpoOptions(
        iterations,
        64,
        4,
        10_000,
        4,
        16,
        0.2,
        0.2,
        0.5,
        0,
        1,
        0.95,
        beta,
        OptionalDouble.empty(),
        Double.MAX_VALUE,
        1.5e-3,
        AdamW.Options.USUAL.withDecay(0),
        3);
  }

  private List<PpoIteration> run(PpoOptions options, Path file, int stopAfter) throws IOException {
    return run(options, file, stopAfter, new TreeMap<>());
  }

  private List<PpoIteration> run(
      PpoOptions options, Path file, int stopAfter, Map<String, float[]> learned)
      throws IOException {
    List<PpoIteration> iterations = new ArrayList<>();
    try (TinyNetwork policy = TinyNetwork.full();
        TinyNetwork reference = TinyNetwork.full()) {
      PolicyOptimization run =
          new PolicyOptimization(
              policy.network(), reference.network(), this::lower, id -> id == END, options);
      run.resume(file, "run");
      run.run(
          prompts,
          iteration -> {
            iterations.add(iteration);
            return iterations.size() < stopAfter;
          });
      run.save(file, "run");
      copy(policy.network(), learned);
    }
    return iterations;
  }

  private static double score(List<PpoIteration> iterations) {
    return iterations.stream().mapToDouble(PpoIteration::score).average().orElseThrow();
  }

  private static void copy(TrainableTransformer network, Map<String, float[]> into) {
    network.trained().forEach((name, array) -> into.put(name, array.toFloatArray()));
  }

  private double[] lower(List<Rollout> rollouts) {
    return rollouts.stream()
        .mapToDouble(
            each ->
                Arrays.stream(each.answer()).filter(id -> id < 256).count()
                    / (double) each.answer().length)
        .toArray();
  }
}
