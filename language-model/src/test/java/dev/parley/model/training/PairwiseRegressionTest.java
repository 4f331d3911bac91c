package dev.parley.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairwiseRegressionTest {
  private static final double[] TRUE = {1.5, -0.7, 0};

  /** Where the loss is smallest, nothing that it is made of pulls the weights anywhere. */
  @Test
  void theLossCannotBeMadeSmaller() {
    float[][] differences = drawn(500);
    float[] ridges = {0.1f, 2, 30};

    double[] weights = fit(differences, ridges);

    for (int figure = 0; figure < ridges.length; figure++) {
      double pull = -ridges[figure] * weights[figure];
      for (float[] difference : differences) {
        pull += difference[figure] / (1 + Math.exp(dot(weights, difference)));
      }
      assertThat(pull).isCloseTo(0, within(1e-3));
    }
  }

  @Test
  void whatPairsWereDrawnByIsFound() {
    double[] weights = fit(drawn(20_000), new float[] {1e-3f, 1e-3f, 1e-3f});

    for (int figure = 0; figure < TRUE.length; figure++) {
      assertThat(weights[figure]).isCloseTo(TRUE[figure], within(0.06));
    }
  }

  /** Then the loss alone has no smallest value: the ridge holds the weights. */
  @Test
  void pairsThatCanBeToldApartWithoutAMistakeHaveWeightsToo() {
    double[] weights = fit(new float[][] {{1000, 1}, {2000, 1}}, new float[] {0.1f, 0.1f});

    assertThat(weights[0]).isPositive().isLessThan(1);
  }

  private static double[] fit(float[][] differences, float[] ridges) {
    try (NDManager memory = NDManager.newBaseManager("PyTorch")) {
      float[] weights = PairwiseRegression.fit(memory, differences, ridges);
      return IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).toArray();
    }
  }

  private static float[][] drawn(int pairs) {
    Random random = new Random(3);
    float[][] differences = new float[pairs][TRUE.length];
    for (float[] difference : differences) {
      for (int i = 0; i < difference.length; i++) {
        difference[i] = (float) random.nextGaussian();
      }
      if (random.nextDouble() > 1 / (1 + Math.exp(-dot(TRUE, difference)))) {
        IntStream.range(0, difference.length).forEach(i -> difference[i] = -difference[i]);
      }
    }
    return differences;
  }

  private static double dot(double[] weights, float[] figures) {
    return IntStream.range(0, weights.length).mapToDouble(i -> weights[i] * figures[i]).sum();
  }
}
