package dev.parley.training;

import dev.parley.model.training.PpoOptions;
import dev.parley.model.training.TrainingOptions;
import java.nio.file.Path;

/**
 * What reinforcement learning has beside other ways to train.
 *
 * @param reward folder of the model that judges, as a reward model's run left it
 * @param iterations how often answers are written and learned from
 * @param answers written in each
 * @param answerTokens most tokens of an answer
 * @param beta price of a nat that an answer leaves the model of the beginning by
 * @param mostDivergence nats per answer at which the run ends
 */
public record ReinforcementOptions(
    Path reward,
    int iterations,
    int answers,
    int answerTokens,
    double beta,
    double mostDivergence) {
  public ReinforcementOptions {
    if (iterations < 1 || answers < 1 || answerTokens < 1) {
      throw new IllegalArgumentException("iterations, answers and their tokens are at least 1");
    }
    if (!(beta >= 0) || !(mostDivergence > 0)) {
      throw new IllegalArgumentException("beta is not negative, and the most KL is above 0");
    }
  }

  /**
   * All of it together.
   *
   * @param options epochs and steps over the answers of an iteration
   */
  PpoOptions with(TrainingOptions options) {
    PpoOptions usual = PpoOptions.USUAL;
    return new PpoOptions(
        iterations,
        answers,
        answerTokens,
        options.tokensAtOnce(),
        options.epochs(),
        options.batchSize(),
        usual.clip(),
        usual.valueClip(),
        usual.valueWeight(),
        usual.entropyWeight(),
        usual.discount(),
        usual.smoothing(),
        beta,
        usual.targetDivergence(),
        mostDivergence,
        options.learningRate(),
        options.optimizer(),
        options.seed());
  }
}
