package dev.parley.demo;

import dev.parley.model.training.PpoOptions;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.AdamW;
import java.util.OptionalDouble;

/**
 * How the network of the polarity demonstration is made, and how it learns.
 *
 * @param least how often a word must be seen to be one
 * @param layers of the network
 * @param width of the network
 * @param sft how it learns to write
 * @param penalty of the reward model's weights: with less it is surer of itself
 * @param ppo how it learns to write that
 * @param samples texts by which it is judged before and after
 */
public record PolarityRecipe(
    int least,
    int layers,
    int width,
    TrainingOptions sft,
    double penalty,
    PpoOptions ppo,
    int samples) {
  private static final AdamW.Options OPTIMIZER = AdamW.Options.USUAL.withDecay(0);
  private static final int TOKENS_AT_ONCE = 4_096;

  /** As much as two cores do in some minutes. */
  public static PolarityRecipe usual(long seed) {
    return new PolarityRecipe(
        4,
        2,
        96,
        new TrainingOptions(4, 16, TOKENS_AT_ONCE, 2e-3, 0.05, OPTIMIZER, seed),
        0.1,
        ppo(40, 96, 1e-3, seed),
        1_000);
  }

  /** The price stays: one that adapts swings. The rate falls, and is half of that in the mean. */
  static PpoOptions ppo(int iterations, int answers, double rate, long seed) {
    return new PpoOptions(
        iterations,
        answers,
        14,
        TOKENS_AT_ONCE,
        4,
        answers / 2,
        0.2,
        0.2,
        0.5,
        0,
        1,
        0.95,
        0.15,
        OptionalDouble.empty(),
        Double.MAX_VALUE,
        rate,
        OPTIMIZER,
        seed);
  }
}
