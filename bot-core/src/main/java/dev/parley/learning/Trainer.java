package dev.parley.learning;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Trains versions of what people allowed to learn from, while the bot answers; one training at a
 * time. The launcher has it: how to train is none of the core's business. Thread-safe.
 */
public interface Trainer extends AutoCloseable {
  /** What is trained. */
  enum Kind {
    /** All there is something for: answers first, then preferences. */
    ALL,
    /** Supervised fine-tuning of good answers alone. */
    SFT,
    /** Preferences alone, by direct preference optimization. */
    DPO,
    /** As {@link #ALL}, but preferences by a reward model and reinforcement learning. */
    PPO;

    /** The one with this key. */
    public static Optional<Kind> of(String key) {
      return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    /** In commands and in names of versions. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where it stands. */
  sealed interface State {
    /** Nothing was begun. */
    record Idle() implements State {}

    /** It looks what there is to learn from and how long that would take. */
    record Planning(Kind kind) implements State {}

    /** It waits for somebody to agree. */
    record Planned(Kind kind, TrainingPlan plan) implements State {}

    /**
     * It learns.
     *
     * @param stage such as {@code sft}, or {@code examination}
     * @param step from 0
     * @param of steps of this stage; 0 where nobody knows yet
     * @param left of this stage, as far as that can be told
     * @param waits whether people are answered first now
     */
    record Running(
        Kind kind, String stage, int step, int of, Optional<Duration> left, boolean waits)
        implements State {}

    /** It was stopped, and can go on from there with the same data. */
    record Stopped(Kind kind) implements State {}

    /** There is a new version, which was examined. */
    record Ended(Kind kind, String version) implements State {}

    /** Nobody who agreed to learning left anything that can be learned from. */
    record NothingToLearn(Kind kind) implements State {}

    /**
     * It came to nothing.
     *
     * @param why a sentence for the operator
     */
    record Failed(Kind kind, String why) implements State {}
  }

  State state();

  /** Looks what a training would be; does nothing while there is one. */
  void plan(Kind kind);

  /** Trains as planned, or goes on where it was stopped; does nothing otherwise. */
  void begin();

  /** Ends what runs after its next step, and forgets a plan. */
  void stop();

  /** How the last training went so far, as a PNG file. */
  Optional<byte[]> picture();

  /** Stops what runs and waits for it, but not for long. */
  @Override
  void close();
}
