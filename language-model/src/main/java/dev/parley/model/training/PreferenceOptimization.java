package dev.parley.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.transformer.TokenBatch;
import dev.parley.model.transformer.TrainableTransformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Learns from pairs without a reward model: direct preference optimization (Rafailov et al. 2023).
 * What the network said of them when it began is remembered.
 */
public final class PreferenceOptimization implements Objective<EncodedPreference> {
  private final TrainableTransformer network;
  private final double beta;
  private final Map<EncodedPreference, float[]> beginning = new HashMap<>();

  /**
   * Reads all rows with the network as it is now, before anything is learned.
   *
   * @param rows all that will be learned from or measured
   * @param beta how dear it is to leave the network of the beginning
   */
  public PreferenceOptimization(
      TrainableTransformer network, List<EncodedPreference> rows, double beta) {
    this.network = network;
    this.beta = beta;
    for (EncodedPreference row : rows) {
      beginning.put(row, logProbs(row));
    }
  }

  /** Of the whole answers: the preferred one, the other. */
  private float[] logProbs(EncodedPreference row) {
    TokenBatch batch = batch(List.of(row));
    try (NDManager step = network.newManager()) {
      return sums(step, batch).toFloatArray();
    }
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
    TokenBatch batch = batch(rows);
    float[] before = new float[2 * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(before(rows.get(i)), 0, before, 2 * i, 2);
    }
    return network.learn(
        step -> {
          NDArray now = sums(step, batch);
          NDArray reference = step.create(before);
          return Losses.directPreference(
              now.get("0::2"), now.get("1::2"), reference.get("0::2"), reference.get("1::2"), beta);
        },
        share);
  }

  /** Figures of the rewards that it learned without saying so: beta times what it has moved. */
  @Override
  public Map<String, Double> evaluate(List<EncodedPreference> rows) {
    List<RewardAccuracy.Pair> pairs = new ArrayList<>();
    for (EncodedPreference row : rows) {
      float[] now = logProbs(row);
      float[] before = before(row);
      pairs.add(
          new RewardAccuracy.Pair(
              beta * (now[0] - before[0]),
              beta * (now[1] - before[1]),
              row.chosen().trainedTokens(),
              row.rejected().trainedTokens()));
    }
    return new RewardAccuracy(pairs).figures();
  }

  private float[] before(EncodedPreference row) {
    float[] known = beginning.get(row);
    if (known == null) {
      throw new IllegalArgumentException("a row that was not read at the beginning");
    }
    return known;
  }

  private NDArray sums(NDManager step, TokenBatch batch) {
    NDArray membership = step.create(batch.membership(), new Shape(batch.size(), batch.rowCount()));
    return membership.matMul(network.logProbs(step, batch));
  }

  private static TokenBatch batch(List<EncodedPreference> rows) {
    List<EncodedExample> answers =
        rows.stream().flatMap(row -> Stream.of(row.chosen(), row.rejected())).toList();
    return TokenBatch.ofTokens(
        answers.stream().map(EncodedExample::ids).toList(),
        answers.stream().map(EncodedExample::trained).toList());
  }
}
