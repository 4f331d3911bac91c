package dev.parley.launcher;

import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.training.TrainingRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  /** More make a step no faster, and each takes 4 MB with the default model. */
  private static final int TOKENS_AT_ONCE = 512;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description =
          "JSON lines in one of the usual shapes, compressed by gzip or not; may be given several"
              + " times.")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A model of ./parley model list, or the path of a file or folder.")
  private @Nullable String model;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where what is learned goes (a new folder in training/ of the data folder).")
  private @Nullable Path out;

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
      names = "--max-tokens",
      paramLabel = "TOKENS",
      description = "Longest sequence; what is longer loses its oldest turns (${DEFAULT-VALUE}).",
      defaultValue = "512")
  private int maxTokens;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description = "Of the questions, to examine by what was not learned (${DEFAULT-VALUE}).",
      defaultValue = "0.1")
  private double heldOut;

  @Option(
      names = "--leave-out-bad-lines",
      description = "Goes on without lines that cannot be used.")
  private boolean leaveOutBadLines;

  @Option(
      names = {"-y", "--yes"},
      description = "Agree to the cost beforehand.")
  private boolean yes;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "The same number learns the same (${DEFAULT-VALUE}).",
      defaultValue = "1",
      converter = Seed.class)
  private long seed;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Nullable String model() {
    return model;
  }

  /** All of it, checked. */
  TrainingRequest request(Usual usual) {
    return TrainCommand.checked(
        spec,
        () ->
            new TrainingRequest(
                data,
                Optional.ofNullable(out),
                full
                    ? Optional.empty()
                    : Optional.of(new LoraOptions(rank, alpha, dropout, targets, seed)),
                options(usual),
                maxTokens,
                heldOut,
                leaveOutBadLines,
                yes));
  }

  private TrainingOptions options(Usual usual) {
    TrainingOptions base = full ? TrainingOptions.FULL : TrainingOptions.LORA;
    return new TrainingOptions(
        Objects.requireNonNullElse(epochs, usual.epochs),
        Objects.requireNonNullElse(batch, usual.batch),
        TOKENS_AT_ONCE,
        Objects.requireNonNullElse(rate, full ? usual.fullRate : usual.loraRate),
        base.warmUp(),
        base.optimizer(),
        seed);
  }
}
