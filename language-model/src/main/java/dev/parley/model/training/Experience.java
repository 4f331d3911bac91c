package dev.parley.model.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A rollout with what is learned from it. Confined to one thread. */
final class Experience {
  private final Rollout rollout;
  private final float[] logProbs;
  private final float[] values;
  private final float[] returns;
  private final double divergence;
  private final double divergence3;
  private float[] advantages;

  private Experience(
      Rollout rollout,
      float[] logProbs,
      float[] values,
      Advantages advantages,
      double divergence,
      double divergence3) {
    this.rollout = rollout;
    this.logProbs = logProbs;
    this.values = values;
    this.advantages = floats(advantages.advantages());
    this.returns = floats(advantages.returns());
    this.divergence = divergence;
    this.divergence3 = divergence3;
  }

  /**
   * Puts together what was computed.
   *
   * @param now log-probabilities, entropies and values by the policy that wrote {@code [3, tokens]}
   * @param before log-probabilities by the model of the beginning
   */
  static Experience of(
      Rollout rollout, float[] now, float[] before, double score, double beta, PpoOptions options) {
    int count = before.length;
    double[] logProbs = doubles(now, 0, count);
    double[] reference = doubles(before, 0, count);
    double[] values = Arrays.copyOf(doubles(now, 2 * count, count), count + 1);
    boolean[] ends = new boolean[count];
    ends[count - 1] = true;
    Advantages advantages =
        Advantages.estimate(
            Advantages.rewards(logProbs, reference, beta, score),
            values,
            ends,
            options.discount(),
            options.smoothing());
    return new Experience(
        rollout,
        Arrays.copyOf(now, count),
        Arrays.copyOfRange(now, 2 * count, 3 * count),
        advantages,
        IntStream.range(0, count).mapToDouble(i -> Divergence.k1(logProbs[i], reference[i])).sum(),
        IntStream.range(0, count).mapToDouble(i -> Divergence.k3(logProbs[i], reference[i])).sum());
  }

  Rollout rollout() {
    return rollout;
  }

  /** That the network reads. */
  int tokens() {
    return rollout.prompt().length + rollout.answer().length;
  }

  float[] logProbs() {
    return logProbs;
  }

  float[] values() {
    return values;
  }

  float[] returns() {
    return returns;
  }

  float[] advantages() {
    return advantages;
  }

  double divergence() {
    return divergence;
  }

  double divergence3() {
    return divergence3;
  }

  /** Moves and scales the advantages of all tokens together. */
  static void whiten(List<Experience> all) {
    float[] joined = joined(all, Experience::advantages);
    float[] whitened = floats(Advantages.whitened(doubles(joined, 0, joined.length)));
    int at = 0;
    for (Experience each : all) {
      each.advantages = Arrays.copyOfRange(whitened, at, at + each.advantages.length);
      at += each.advantages.length;
    }
  }

  /** 1 where values knew all returns, 0 where a constant would have known as much. */
  static double explainedVariance(List<Experience> all) {
    float[] returns = joined(all, Experience::returns);
    float[] values = joined(all, Experience::values);
    double[] errors = new double[returns.length];
    Arrays.setAll(errors, i -> returns[i] - values[i]);
    return 1 - variance(errors) / Math.max(1e-12, variance(doubles(returns, 0, returns.length)));
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(each -> (each - mean) * (each - mean)).average().orElse(0);
  }

  /** The numbers of all tokens, one experience after the other. */
  static float[] joined(List<Experience> all, Function<Experience, float[]> which) {
    int count = all.stream().mapToInt(each -> which.apply(each).length).sum();
    float[] joined = new float[count];
    int at = 0;
    for (Experience each : all) {
      float[] some = which.apply(each);
      System.arraycopy(some, 0, joined, at, some.length);
      at += some.length;
    }
    return joined;
  }

  private static double[] doubles(float[] from, int first, int count) {
    double[] doubles = new double[count];
    Arrays.setAll(doubles, i -> from[first + i]);
    return doubles;
  }

  private static float[] floats(double[] from) {
    float[] floats = new float[from.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) from[i];
    }
    return floats;
  }
}
