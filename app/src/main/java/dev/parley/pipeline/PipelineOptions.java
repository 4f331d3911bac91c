package dev.parley.pipeline;

import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.training.ReinforcementOptions;
import java.nio.file.Path;

/**
 * How versions are trained.
 *
 * @param lora the matrices that are trained
 * @param answers how good answers are learned
 * @param preferences how preferences are learned
 * @param reward how reward models are trained: the one that judges, and the one that reinforcement
 *     learning goes by
 * @param policy how reinforcement learning goes
 * @param beta how dear it is to leave the model of the beginning, see {@link
 *     dev.parley.training.DirectPreference}
 * @param maxTokens most tokens of a sequence
 * @param judged share of the questions that are kept apart to judge by
 * @param seed of everything
 */
public record PipelineOptions(
    LoraOptions lora,
    TrainingOptions answers,
    TrainingOptions preferences,
    TrainingOptions reward,
    Policy policy,
    double beta,
    int maxTokens,
    double judged,
    long seed) {
  /** What suits small models and few people. */
  public static final PipelineOptions USUAL =
      new PipelineOptions(
          LoraOptions.USUAL,
          options(3, 2e-4),
          options(1, 5e-5),
          options(1, 2e-4),
          new Policy(options(4, 1e-4), 20, 32, 96, 0.1, 30),
          0.1,
          512,
          0.25,
          1);

  /**
   * Reinforcement learning, see {@link ReinforcementOptions}.
   *
   * @param how answers of an iteration are learned from
   * @param iterations how often answers are written
   * @param answers written in each
   * @param answerTokens most tokens of an answer
   * @param beta price of a nat that an answer leaves the model of the beginning by
   * @param mostDivergence nats per answer at which it ends
   */
  public record Policy(
      TrainingOptions how,
      int iterations,
      int answers,
      int answerTokens,
      double beta,
      double mostDivergence) {
    /**
     * With what judges.
     *
     * @param reward folder of a reward model
     */
    ReinforcementOptions by(Path reward) {
      return new ReinforcementOptions(
          reward, iterations, answers, answerTokens, beta, mostDivergence);
    }
  }

  /** Checks the share. */
  public PipelineOptions {
    if (!(judged > 0 && judged < 1)) {
      throw new IllegalArgumentException(
          "the share to judge by is between 0 and 1, found " + judged);
    }
  }

  /**
   * How the judge learns. What it is examined by must be drawn anew: by the seed that kept its
   * pairs apart, all of them would be held out.
   */
  TrainingOptions judge() {
    return reward.withSeed(reward.seed() + seed + 1);
  }

  /** What is usual for matrices of low rank, but for epochs and the highest learning rate. */
  public static TrainingOptions options(int epochs, double rate) {
    TrainingOptions base = TrainingOptions.LORA;
    return new TrainingOptions(
        epochs,
        base.batchSize(),
        base.tokensAtOnce(),
        rate,
        base.warmUp(),
        base.optimizer(),
        base.seed());
  }
}
