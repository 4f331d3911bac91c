package dev.parley.training;

import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Objective;
import dev.parley.model.training.Reading;
import dev.parley.model.training.RewardModel;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reward model of pairs. */
public final class Reward implements Stage<EncodedPreference> {
  private final Reading reading;
  private final double margin;
  private final long seed;
  private @Nullable RewardModel model;

  /**
   * @param reading how answers are read
   * @param margin by how much better answers are to lead
   * @param seed of the head's first values
   */
  public Reward(Reading reading, double margin, long seed) {
    if (!(margin >= 0)) {
      throw new IllegalArgumentException("the margin is at least 0, found " + margin);
    }
    this.reading = reading;
    this.margin = margin;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "reward";
  }

  @Override
  public String title() {
    return "A reward model";
  }

  @Override
  public String fingerprint() {
    return "margin %s, %s".formatted(margin, reading);
  }

  @Override
  public TrainingRows<EncodedPreference> read(
      DataFiles files, HeldOut heldOut, ModelParts parts, int maxTokens) throws IOException {
    return TrainingRows.ofPreferences(files, heldOut, parts, maxTokens);
  }

  @Override
  public Checkpoint network(Checkpoint whole) {
    return RewardFolder.network(whole, reading);
  }

  @Override
  public int tokens(EncodedPreference row) {
    return reading.tokens(row);
  }

  @Override
  public Objective<EncodedPreference> objective(
      TrainableTransformer network, List<EncodedPreference> rows) {
    return model(network);
  }

  @Override
  public void begin(TrainableTransformer network, List<EncodedPreference> rows) {
    model(network).begin(rows);
  }

  /** One for the network, which has one head. */
  private RewardModel model(TrainableTransformer network) {
    RewardModel known = model;
    if (known == null) {
      known = new RewardModel(network, reading, margin, seed);
      model = known;
    }
    return known;
  }

  @Override
  public Object group(EncodedPreference row) {
    return row.prompt();
  }

  @Override
  public boolean readsFirst(boolean goesOn) {
    return !goesOn;
  }

  /** The head, and how far its scores can be believed. */
  @Override
  public void finish(
      TrainableTransformer network, List<EncodedPreference> heldOut, RunFolder folder)
      throws IOException {
    RewardModel reward = model(network);
    RewardFolder.write(folder, reading, reward.head());
    if (!heldOut.isEmpty()) {
      CalibrationPicture.write(reward.accuracy(heldOut), folder.calibration());
    }
  }
}
