package dev.parley.model.training;

import ai.djl.ndarray.NDArray;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.transformer.TokenBatch;
import dev.parley.model.transformer.TrainableTransformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A network that says how good an answer is: one number, at the answer's last token (Ouyang et al.
 * 2022, section 3.5). It learns from pairs, of which one was preferred.
 */
public final class RewardModel implements Objective<EncodedPreference> {
  /** What its head is called among the trained weights. */
  public static final String HEAD = "reward";

  private final TrainableTransformer network;
  private final NDArray head;
  private final double margin;

  /**
   * Puts a head on a network.
   *
   * @param margin by how much better answers are to lead
   * @param seed of the head's first values
   */
  public RewardModel(TrainableTransformer network, double margin, long seed) {
    this(network, margin, small(network.width(), seed));
  }

  private RewardModel(TrainableTransformer network, double margin, float[] head) {
    this.network = network;
    this.margin = margin;
    this.head = network.addVector(HEAD, head);
  }

  /**
   * One that was trained before.
   *
   * @param head as {@link #head()} gave it
   */
  public static RewardModel trained(TrainableTransformer network, float[] head) {
    return new RewardModel(network, 0, head);
  }

  private static float[] small(int width, long seed) {
    Random random = new Random(seed);
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] = (float) (random.nextGaussian() / (width + 1)); // as Stiennon et al. 2020 have it
    }
    return values;
  }

  /** The head's values as they are now. */
  public float[] head() {
    return head.toFloatArray();
  }

  @Override
  public int tokens(EncodedPreference row) {
    return row.tokens();
  }

  @Override
  public int weight(EncodedPreference row) {
    return 1;
  }

  @Override
  public double learn(List<EncodedPreference> rows, double share) {
    TokenBatch ends =
        TokenBatch.ofEnds(
            rows.stream()
                .flatMap(row -> Stream.of(row.chosen(), row.rejected()))
                .map(EncodedExample::ids)
                .toList());
    return network.learn(
        step -> {
          NDArray scores = network.scores(step, ends, head);
          return Losses.pairwise(scores.get("0::2"), scores.get("1::2"), margin);
        },
        share);
  }

  /** The score of each sequence, which ends with an answer's end. */
  public double[] score(List<int[]> sequences) {
    double[] scores = new double[sequences.size()];
    for (int i = 0; i < scores.length; i++) {
      TokenBatch end = TokenBatch.ofEnds(List.of(sequences.get(i)));
      scores[i] = network.evaluate(step -> network.scores(step, end, head));
    }
    return scores;
  }

  /** How often and by how much the preferred answer leads, also where neither is much longer. */
  @Override
  public Map<String, Double> evaluate(List<EncodedPreference> rows) {
    return accuracy(rows).figures();
  }

  /** As {@link #evaluate}, with each pair's scores. */
  public RewardAccuracy accuracy(List<EncodedPreference> rows) {
    List<RewardAccuracy.Pair> pairs = new ArrayList<>();
    for (EncodedPreference row : rows) {
      double[] scores = score(List.of(row.chosen().ids(), row.rejected().ids()));
      pairs.add(
          new RewardAccuracy.Pair(
              scores[0], scores[1], row.chosen().trainedTokens(), row.rejected().trainedTokens()));
    }
    return new RewardAccuracy(pairs);
  }
}
