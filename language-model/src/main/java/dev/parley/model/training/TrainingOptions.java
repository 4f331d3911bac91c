package dev.parley.model.training;

import dev.parley.model.transformer.AdamW;

/**
 * How a run goes.
 *
 * @param epochs how often each row is learned from
 * @param batchSize rows of a step
 * @param tokensAtOnce most tokens that are computed together: a step with more adds gradients up,
 *     which changes nothing but time and memory
 * @param learningRate the highest, see {@link Schedule}
 * @param warmUp share of the steps until it is reached
 * @param optimizer what changes the weights
 * @param seed of the rows' order and of dropout
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    int tokensAtOnce,
    double learningRate,
    double warmUp,
    AdamW.Options optimizer,
    long seed) {
  /** More make a step no faster, and each takes 4 MB with the default model. */
  private static final int TOKENS_AT_ONCE = 512;

  /** For matrices of low rank, which bear more than whole models. */
  public static final TrainingOptions LORA =
      new TrainingOptions(3, 8, TOKENS_AT_ONCE, 2e-4, 0.05, AdamW.Options.USUAL.withDecay(0), 1);

  /** For whole models. */
  public static final TrainingOptions FULL =
      new TrainingOptions(3, 8, TOKENS_AT_ONCE, 2e-5, 0.05, AdamW.Options.USUAL, 1);

  /** The same with rows in another order, and others held out. */
  public TrainingOptions withSeed(long other) {
    return new TrainingOptions(
        epochs, batchSize, tokensAtOnce, learningRate, warmUp, optimizer, other);
  }

  /** Counts of at least one. */
  public TrainingOptions {
    if (epochs < 1 || batchSize < 1 || tokensAtOnce < 1) {
      throw new IllegalArgumentException("epochs, batch size and tokens at once are at least 1");
    }
    if (!(warmUp >= 0 && warmUp <= 1)) {
      throw new IllegalArgumentException("the warm-up is a share from 0 to 1, found " + warmUp);
    }
  }
}
