package dev.parley.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Against the rules written out plainly, in double precision. */
class SamplingPropertiesTest {
  @Property(tries = 500)
  void theKeptTokensAndTheirSharesAreThoseOfThePlainRules(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int vocabulary,
      @ForAll @DoubleRange(min = 0.01, max = 10) double temperature,
      @ForAll @IntRange(max = 400) int topK,
      @ForAll @DoubleRange(min = 0.01, max = 1) double topP,
      @ForAll @DoubleRange(max = 1) double minP) {
    float[] logits = logits(seed, vocabulary, seed % 2 == 0);
    double[] expected = plainly(logits, temperature, topK, topP, minP);

    float[] found = sampler(temperature, topK, topP, minP, 1).probabilities(logits);

    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      assertThat((double) found[i]).isBetween(expected[i] - 1e-5, expected[i] + 1e-5);
      sum += found[i];
    }
    assertThat(sum).isBetween(1 - 1e-5, 1 + 1e-5);
  }

  /** A drawn token has a probability; greedy draws the best. */
  @Property(tries = 300)
  void onlyKeptTokensAreDrawn(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60_000) int vocabulary,
      @ForAll @IntRange(min = 1, max = 5) int topK) {
    float[] logits = logits(seed, vocabulary, false);
    float least = sorted(logits)[Math.max(0, vocabulary - topK)];

    int drawn = sampler(1, topK, 1, 0, seed).next(logits, 0, vocabulary);
    int best = new Sampler(SamplingOptions.GREEDY, seed).next(logits, 0, vocabulary);

    assertThat(logits[drawn]).isGreaterThanOrEqualTo(least);
    assertThat(logits[best]).isEqualTo(sorted(logits)[vocabulary - 1]);
  }

  /** Tokens that are never drawn, as paddings of a vocabulary are, change nothing. */
  @Property(tries = 200)
  void theSameSeedDrawsTheSameTokensFromALargerVocabulary(
      @ForAll long seed, @ForAll @IntRange(max = 500) int padding) {
    float[] logits = logits(seed, 200, false);
    float[] padded = Arrays.copyOf(logits, 200 + padding);
    Arrays.fill(padded, 200, padded.length, Float.NEGATIVE_INFINITY);
    Sampler small = sampler(1, 50, 0.9, 0.01, seed);
    Sampler large = sampler(1, 50, 0.9, 0.01, seed);

    for (int i = 0; i < 20; i++) {
      assertThat(large.next(padded, 0, padded.length)).isEqualTo(small.next(logits, 0, 200));
    }
  }

  @Property(tries = 200)
  void aLogitThatIsNoNumberIsOneSentence(
      @ForAll long seed, @ForAll @IntRange(max = 99) int place, @ForAll boolean infinite) {
    float[] logits = logits(seed, 100, false);
    logits[place] = infinite ? Float.POSITIVE_INFINITY : Float.NaN;

    for (double temperature : new double[] {0, 0.01, 1, 10}) {
      assertThatThrownBy(
              () -> sampler(temperature, 20, 0.9, 0.1, seed).next(logits, 0, logits.length))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("not a number");
    }
  }

  @Property(tries = 100)
  void extremeLogitsAndTemperaturesStillDrawATokenThatStays(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 10) double temperature) {
    Random random = new Random(seed);
    float[] logits = new float[50];
    for (int i = 0; i < logits.length; i++) {
      logits[i] =
          random.nextInt(4) == 0 ? Float.NEGATIVE_INFINITY : random.nextFloat(-1e30f, 1e30f);
    }
    logits[random.nextInt(50)] = 1e30f;
    Sampler sampler = sampler(temperature, 0, 0.95, 0, seed);

    float[] shares = sampler.probabilities(logits);
    int drawn = sampler.next(logits, 0, logits.length);

    assertThat(shares[drawn]).isPositive();
  }

  private static Sampler sampler(
      double temperature, int topK, double topP, double minP, long seed) {
    return new Sampler(
        new SamplingOptions(temperature, topK, topP, minP, 1, 0, OptionalLong.of(seed)), 0);
  }

  /**
   * Top-k keeps what is at least the k-th, top-p drops from below while the dropped share is at
   * most 1 - p, min-p drops what is less probable than its part of the best.
   */
  private static double[] plainly(
      float[] logits, double temperature, int topK, double topP, double minP) {
    int count = logits.length;
    double[] weights = new double[count];
    double best = sorted(logits)[count - 1] / (float) temperature;
    for (int i = 0; i < count; i++) {
      weights[i] = Math.exp(logits[i] / (float) temperature - best);
    }
    if (topK > 0) {
      drop(weights, sorted(weights)[Math.max(0, count - topK)]);
    }
    if (topP < 1) {
      double[] ascending = sorted(weights);
      double most = (1 - topP) * Arrays.stream(weights).sum();
      double dropped = 0;
      int first = 0;
      while (first < count - 1 && dropped + ascending[first] <= most) {
        dropped += ascending[first++];
      }
      drop(weights, ascending[first]);
    }
    drop(weights, minP);
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private static void drop(double[] weights, double below) {
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] < below) {
        weights[i] = 0;
      }
    }
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * @param ties whether many are equal
   */
  private static float[] logits(long seed, int count, boolean ties) {
    Random random = new Random(seed);
    float[] logits = new float[count];
    for (int i = 0; i < count; i++) {
      logits[i] = ties ? random.nextInt(-3, 4) : (float) (4 * random.nextGaussian());
    }
    return logits;
  }

  private static float[] sorted(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
