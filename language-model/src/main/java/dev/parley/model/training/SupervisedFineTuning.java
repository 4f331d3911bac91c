package dev.parley.model.training;

import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.transformer.TokenBatch;
import dev.parley.model.transformer.TrainableTransformer;
import java.util.List;
import java.util.Map;

/** Learns to say what others said: the loss is on the marked tokens alone. */
public final class SupervisedFineTuning implements Objective<EncodedExample> {
  private final TrainableTransformer network;

  public SupervisedFineTuning(TrainableTransformer network) {
    this.network = network;
  }

  @Override
  public int tokens(EncodedExample row) {
    return row.length();
  }

  @Override
  public int weight(EncodedExample row) {
    return batch(List.of(row)).rowCount();
  }

  @Override
  public double learn(List<EncodedExample> rows, double share) {
    TokenBatch batch = batch(rows);
    return network.learn(step -> Losses.crossEntropy(network.logProbs(step, batch)), share);
  }

  /** The mean cross-entropy in nats and the perplexity, of the marked tokens. */
  @Override
  public Map<String, Double> evaluate(List<EncodedExample> rows) {
    double sum = 0;
    long count = 0;
    for (EncodedExample row : rows) {
      TokenBatch batch = batch(List.of(row));
      sum -= network.evaluate(step -> network.logProbs(step, batch).sum());
      count += batch.rowCount();
    }
    double loss = sum / Math.max(1, count);
    return Map.of("loss", loss, "perplexity", Math.exp(loss));
  }

  private static TokenBatch batch(List<EncodedExample> rows) {
    return TokenBatch.ofTokens(
        rows.stream().map(EncodedExample::ids).toList(),
        rows.stream().map(EncodedExample::trained).toList());
  }
}
