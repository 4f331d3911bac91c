package dev.parley.model.training;

import java.util.Arrays;

/** How much better than expected each token of an answer was. Immutable. */
public final class Advantages {
  private static final double LEAST_DEVIATION = 1e-8;

  private final double[] advantages;
  private final double[] returns;

  private Advantages(double[] advantages, double[] returns) {
    this.advantages = advantages;
    this.returns = returns;
  }

  /**
   * Generalised advantage estimation (Schulman et al. 2016, equation 16).
   *
   * @param rewards of each token
   * @param values expected at each, and one for what follows the last
   * @param ends after which tokens an episode is over, so that what follows does not count
   * @param discount of a later reward (gamma)
   * @param smoothing how far ahead is looked (lambda)
   */
  public static Advantages estimate(
      double[] rewards, double[] values, boolean[] ends, double discount, double smoothing) {
    int count = rewards.length;
    if (values.length != count + 1 || ends.length != count) {
      throw new IllegalArgumentException(
          "%d rewards want %d values and %d ends, found %d and %d"
              .formatted(count, count + 1, count, values.length, ends.length));
    }
    double[] advantages = new double[count];
    double[] returns = new double[count];
    double later = 0;
    for (int i = count - 1; i >= 0; i--) {
      double open = ends[i] ? 0 : 1;
      double surprise = rewards[i] + discount * open * values[i + 1] - values[i];
      later = surprise + discount * smoothing * open * later;
      advantages[i] = later;
      returns[i] = later + values[i];
    }
    return new Advantages(advantages, returns);
  }

  /**
   * Rewards of an answer's tokens: each costs what it leaves the model of the beginning by, and the
   * last gets the score (Ouyang et al. 2022, equation 2).
   *
   * @param logProbs of the tokens when they were drawn
   * @param reference by the model of the beginning
   * @param beta price of a nat
   */
  public static double[] rewards(double[] logProbs, double[] reference, double beta, double score) {
    double[] rewards = new double[logProbs.length];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = -beta * Divergence.k1(logProbs[i], reference[i]);
    }
    rewards[rewards.length - 1] += score;
    return rewards;
  }

  /** Of each token. */
  public double[] advantages() {
    return advantages.clone();
  }

  /** What the values of each should have been. */
  public double[] returns() {
    return returns.clone();
  }

  /** The same moved and scaled so that the mean is 0 and the deviation 1. */
  public static double[] whitened(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance =
        Arrays.stream(values).map(each -> (each - mean) * (each - mean)).average().orElse(0);
    double deviation = Math.sqrt(variance) + LEAST_DEVIATION;
    return Arrays.stream(values).map(each -> (each - mean) / deviation).toArray();
  }
}
