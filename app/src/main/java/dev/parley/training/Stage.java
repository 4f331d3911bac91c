package dev.parley.training;

import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Objective;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.util.List;

/**
 * A way to train: what it reads, and what it learns of that. Confined to one thread.
 *
 * @param <R> what it learns from
 */
public sealed interface Stage<R> permits Supervised, Reward, DirectPreference {
  /** As the command line has it, such as {@code sft}. */
  String name();

  /** For people. */
  String title();

  /** What else changes what it learns, the same in every process. */
  String fingerprint();

  /**
   * Reads rows and makes tokens of them.
   *
   * @param heldOut which rows are for examining alone
   * @param maxTokens most tokens of a sequence
   * @throws dev.parley.model.ModelException where there are none, or lines that cannot be used
   */
  TrainingRows<R> read(DataFiles files, HeldOut heldOut, ModelParts parts, int maxTokens)
      throws IOException;

  /**
   * The network that is trained.
   *
   * @param whole the model's
   * @throws dev.parley.model.ModelException where it is too small for what was asked for
   */
  default Checkpoint network(Checkpoint whole) {
    return whole;
  }

  /** Tokens that a row makes the network read. */
  int tokens(R row);

  /** Rows of equal groups are learned from together. */
  default Object group(R row) {
    return row;
  }

  /**
   * What is learned.
   *
   * @param network that nothing was learned with yet
   * @param rows all that will be learned from or measured
   */
  Objective<R> objective(TrainableTransformer network, List<R> rows);

  /**
   * Makes ready what is learned; not again where a run goes on.
   *
   * @param network of {@link #objective}
   * @param rows that will be learned from
   */
  default void begin(TrainableTransformer network, List<R> rows) {}

  /**
   * Whether the network reads the rows before the first step.
   *
   * @param goesOn whether the run was stopped and goes on
   */
  boolean readsFirst(boolean goesOn);

  /** Writes what there is beside the network's weights into their folder. */
  default void finish(TrainableTransformer network, List<R> heldOut, RunFolder folder)
      throws IOException {}
}
