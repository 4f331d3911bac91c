package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.PolicyOptimization;
import dev.parley.model.training.PpoOptions;
import dev.parley.model.training.RewardModel;
import dev.parley.model.training.Rollout;
import dev.parley.model.training.data.EncodedPrompt;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.util.List;

/**
 * Reinforcement learning from its prompts to the model that came out: by proximal policy
 * optimization, with what a reward model says. No {@link Stage}, as the rows that are learned from
 * are written on the way. Confined to one thread.
 */
public final class Reinforcement {
  private final ReinforcementOptions options;
  private final TrainingRequest request;
  private final Run.Trainee trainee;
  private final Training.Operator operator;

  /**
   * @param model its name, for people
   */
  public Reinforcement(
      ReinforcementOptions options,
      TrainingRequest request,
      ModelParts parts,
      String model,
      Processor processor,
      Training.Operator operator) {
    this.options = options;
    this.request = request;
    this.trainee = new Run.Trainee(parts, parts.checkpoint(), model, processor);
    this.operator = operator;
    if (request.lora().isPresent() && request.lora().get().dropout() > 0) {
      throw new IllegalArgumentException(
          "answers are written without dropout, so that none can be learned with it: leave it out");
    }
  }

  /**
   * Shows the plan, asks, and trains to the end, unless it is to stop before.
   *
   * @return whether the end was reached
   * @throws ModelException where data, models or options do not allow it, in sentences for people
   */
  public boolean run() throws IOException {
    try (RewardFolder judge = RewardFolder.open(options.reward())) {
      judge.requireReads(trainee.parts());
      return run(judge);
    }
  }

  private boolean run(RewardFolder judge) throws IOException {
    DataFiles files = new DataFiles(request.data(), request.leaveOutBadLines());
    TrainingRows<EncodedPrompt> prompts = read(files);
    Run run =
        Run.of(
            "ppo",
            "Reinforcement learning",
            options + judge.fingerprint(),
            request,
            files,
            trainee,
            operator);
    int row = longest(prompts) + options.answerTokens();
    long beside =
        PolicyOptimization.memoryBeside(trainee.parts().checkpoint(), row)
            + judge.memory(run.longest());
    if (!run.agreesToPlan(files, work(prompts), run.need(row), beside)) {
      return false;
    }
    try (TrainableTransformer policy = run.load();
        TrainableTransformer reference = run.loadWhole(trainee.network());
        TrainableTransformer judging = run.loadWhole(judge.network())) {
      RewardModel reward = judge.on(judging);
      PolicyOptimization steps =
          new PolicyOptimization(
              policy,
              reference,
              rollouts -> score(reward, rollouts),
              trainee.parts().endTokens()::contains,
              options.with(request.options()));
      return (run.isBegun() || agreesToTime(run, steps, prompts))
          && run.train(policy, lessons(steps, prompts), folder -> {});
    }
  }

  private TrainingRows<EncodedPrompt> read(DataFiles files) throws IOException {
    int room = trainee.longest(request) - options.answerTokens();
    if (room < 2) {
      throw new ModelException(
          "Sequences of %,d tokens leave no room for a prompt before an answer of %,d."
              .formatted(trainee.longest(request), options.answerTokens()));
    }
    HeldOut heldOut = new HeldOut(request.heldOut(), request.options().seed());
    return TrainingRows.ofPrompts(files, heldOut, trainee.parts(), room).require(room);
  }

  private static int longest(TrainingRows<EncodedPrompt> prompts) {
    return prompts.all().stream().mapToInt(each -> each.ids().length).max().orElseThrow();
  }

  private List<String> work(TrainingRows<EncodedPrompt> prompts) {
    PpoOptions ppo = options.with(request.options());
    int steps = ppo.epochs() * Math.ceilDiv(ppo.answers(), ppo.miniBatch());
    return List.of(
        Plan.rows(prompts, request.maxTokens()),
        "work       %,d iterations of %,d answers, each of %,d tokens at most and learned from in"
                .formatted(ppo.iterations(), ppo.answers(), ppo.maxTokens())
            + " %,d steps".formatted(steps),
        "reward     " + options.reward());
  }

  /** Measures how fast this machine is, and asks. */
  private boolean agreesToTime(
      Run run, PolicyOptimization steps, TrainingRows<EncodedPrompt> prompts) throws IOException {
    operator.err().println("Writing a few answers to measure how long it takes …");
    double seconds = steps.measure(ids(prompts.training())).toMillis() / 1e3;
    int examinations = prompts.heldOut().isEmpty() ? 0 : 2;
    return run.agreesToTime(
        seconds * (options.iterations() + examinations / 2.0),
        "%s for an iteration".formatted(TimeText.of(seconds)));
  }

  /** As many held-out prompts as an iteration has answers, so that they take no longer. */
  private PolicyLessons lessons(PolicyOptimization steps, TrainingRows<EncodedPrompt> prompts) {
    return new PolicyLessons(
        steps,
        options.iterations(),
        ids(prompts.training()),
        ids(prompts.heldOut()).stream().limit(options.answers()).toList());
  }

  private static List<int[]> ids(List<EncodedPrompt> prompts) {
    return prompts.stream().map(EncodedPrompt::ids).toList();
  }

  private static double[] score(RewardModel reward, List<Rollout> rollouts) {
    return reward.score(rollouts.stream().map(Rollout::encoded).toList());
  }
}
