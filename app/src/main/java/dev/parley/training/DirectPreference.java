package dev.parley.training;

import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Objective;
import dev.parley.model.training.PreferenceOptimization;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.util.List;

/**
 * Direct preference optimization.
 *
 * @param beta how dear it is to leave the model of the beginning
 */
public record DirectPreference(double beta) implements Stage<EncodedPreference> {
  public DirectPreference {
    if (!(beta > 0)) {
      throw new IllegalArgumentException("beta is greater than 0, found " + beta);
    }
  }

  @Override
  public String name() {
    return "dpo";
  }

  @Override
  public String title() {
    return "Direct preference optimization";
  }

  @Override
  public String fingerprint() {
    return "beta " + beta;
  }

  @Override
  public TrainingRows<EncodedPreference> read(
      DataFiles files, HeldOut heldOut, ModelParts parts, int maxTokens) throws IOException {
    return TrainingRows.ofPreferences(files, heldOut, parts, maxTokens);
  }

  @Override
  public int tokens(EncodedPreference row) {
    return row.tokens();
  }

  @Override
  public Objective<EncodedPreference> objective(
      TrainableTransformer network, List<EncodedPreference> rows) {
    return new PreferenceOptimization(network, rows, beta);
  }

  @Override
  public boolean readsFirst(boolean goesOn) {
    return true;
  }
}
