package dev.parley.model.training;

import dev.parley.model.transformer.AdamW;
import java.util.OptionalDouble;

/**
 * How proximal policy optimization goes (Schulman et al. 2017; for language Ziegler et al. 2019,
 * Ouyang et al. 2022).
 *
 * @param iterations how often answers are written and learned from
 * @param answers written in each
 * @param maxTokens of an answer
 * @param tokensAtOnce most tokens that are computed together
 * @param epochs how often the answers of an iteration are learned from
 * @param miniBatch answers of a step
 * @param clip how far the ratio to the policy that wrote may count
 * @param valueClip how far a value may move in an iteration
 * @param valueWeight of the values' loss
 * @param entropyWeight what a nat of entropy is worth
 * @param discount of later rewards (gamma)
 * @param smoothing how far ahead advantages look (lambda)
 * @param beta price of a nat that a token leaves the model of the beginning by
 * @param targetDivergence nats per answer that the price is to hold; empty leaves it as it is
 * @param mostDivergence nats per answer at which the run ends
 * @param learningRate the highest, see {@link Schedule}
 * @param optimizer what changes the weights
 * @param seed of prompts, answers and order
 */
public record PpoOptions(
    int iterations,
    int answers,
    int maxTokens,
    int tokensAtOnce,
    int epochs,
    int miniBatch,
    double clip,
    double valueClip,
    double valueWeight,
    double entropyWeight,
    double discount,
    double smoothing,
    double beta,
    OptionalDouble targetDivergence,
    double mostDivergence,
    double learningRate,
    AdamW.Options optimizer,
    long seed) {
  /** For small batches and a price that stays: one that adapts swings. */
  public static final PpoOptions USUAL =
      new PpoOptions(
          40,
          64,
          128,
          2_048,
          4,
          32,
          0.2,
          0.2,
          0.5,
          0,
          1,
          0.95,
          0.1,
          OptionalDouble.empty(),
          Double.MAX_VALUE,
          1e-5,
          AdamW.Options.USUAL.withDecay(0),
          1);

  /** Counts of at least one. */
  public PpoOptions {
    if (iterations < 1 || answers < 1 || maxTokens < 1 || epochs < 1 || miniBatch < 1) {
      throw new IllegalArgumentException(
          "iterations, answers, tokens, epochs and mini-batch are at least 1");
    }
    if (!(clip > 0) || !(valueClip > 0) || !(beta >= 0)) {
      throw new IllegalArgumentException("clips are greater than 0, beta is not negative");
    }
  }
}
