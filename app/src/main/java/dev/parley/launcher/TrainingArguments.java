package dev.parley.launcher;

import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.training.TrainingRequest;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all ways to train have in common on the command line. */
final class TrainingArguments {
  /**
   * What suits a way to train where the operator says nothing. Preferences are learned once: more
   * often they are learned by heart (Ouyang et al. 2022, appendix C.2).
   */
  enum Usual {
    SFT(3, 8, 2e-4, 2e-5),
    REWARD(1, 8, 2e-4, 1e-5),
    DPO(1, 8, 5e-5, 1e-6),
    PPO(4, 32, 1e-4, 1e-5);

    private final int epochs;
    private final int batch;
    private final double loraRate;
    private final double fullRate;

    Usual(int epochs, int batch, double loraRate, double fullRate) {
      this.epochs = epochs;
      this.batch = batch;
      this.loraRate = loraRate;
      this.fullRate = fullRate;
    }
  }

  @Mixin private final RunArguments run = new RunArguments();

  @Option(
      names = "--full",
      description = "Trains all weights rather than matrices of low rank beside them (LoRA).")
  private boolean full;

  @Option(
      names = "--rank",
      paramLabel = "NUMBER",
      description = "Rank of LoRA (${DEFAULT-VALUE}).",
      defaultValue = "8")
  private int rank;

  @Option(
      names = "--alpha",
      paramLabel = "NUMBER",
      description =
          "What LoRA's products are multiplied by, divided by the rank (${DEFAULT-VALUE}).",
      defaultValue = "16")
  private double alpha;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description = "Of what LoRA's matrices read (${DEFAULT-VALUE}).",
      defaultValue = "0")
  private double dropout;

  @Option(
      names = "--targets",
      paramLabel = "NAME",
      split = ",",
      description = "Projections that LoRA stands beside, such as q_proj,v_proj (all).")
  private Set<String> targets = new HashSet<>();

  @Option(
      names = "--epochs",
      paramLabel = "NUMBER",
      description = "How often each row is learned from (3 for sft, 4 for ppo, else 1).")
  private @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "ROWS", description = "Rows of a step (8, of ppo 32).")
  private @Nullable Integer batch;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      description =
          "The highest learning rate (LoRA 2e-4, dpo 5e-5, ppo 1e-4; all weights 2e-5, reward and"
              + " ppo 1e-5, dpo 1e-6).")
  private @Nullable Double rate;

  @Option(
      names = "--tokens-at-once",
      paramLabel = "TOKENS",
      description =
          "Most tokens that are computed together: more take more memory, and less time where"
              + " rows share what is read (${DEFAULT-VALUE}).",
      defaultValue = "512")
  private int tokensAtOnce;

  @Option(
      names = "--max-tokens",
      paramLabel = "TOKENS",
      description = "Longest sequence; what is longer loses its oldest turns (${DEFAULT-VALUE}).",
      defaultValue = "512")
  private int maxTokens;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Nullable String model() {
    return run.model();
  }

  /** All of it, checked. */
  TrainingRequest request(Usual usual) {
    return TrainCommand.checked(
        spec,
        () ->
            new TrainingRequest(
                run.data(),
                run.out(),
                full
                    ? Optional.empty()
                    : Optional.of(new LoraOptions(rank, alpha, dropout, targets, run.seed())),
                options(usual),
                maxTokens,
                run.heldOut(),
                run.leaveOutBadLines(),
                run.agreed()));
  }

  private TrainingOptions options(Usual usual) {
    TrainingOptions base = full ? TrainingOptions.FULL : TrainingOptions.LORA;
    return new TrainingOptions(
        Objects.requireNonNullElse(epochs, usual.epochs),
        Objects.requireNonNullElse(batch, usual.batch),
        tokensAtOnce,
        Objects.requireNonNullElse(rate, full ? usual.fullRate : usual.loraRate),
        base.warmUp(),
        base.optimizer(),
        run.seed());
  }
}
