package dev.parley.training;

import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Objective;
import dev.parley.model.training.SupervisedFineTuning;
import dev.parley.model.training.data.ChatEncoder;
import dev.parley.model.training.data.DataFile;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.DemonstrationEncoder;
import dev.parley.model.training.data.EncodedData;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.training.data.PlainEncoder;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.util.List;

/**
 * Supervised fine-tuning.
 *
 * @param plain whether conversations are lines of plain text that are learned as a whole, as GPT-2
 *     is fine-tuned on dialogues; otherwise the model's chat template has its way, and answers
 *     alone are learned
 */
public record Supervised(boolean plain) implements Stage<EncodedExample> {
  @Override
  public String name() {
    return "sft";
  }

  @Override
  public String title() {
    return plain ? "Supervised fine-tuning on plain text" : "Supervised fine-tuning";
  }

  @Override
  public String fingerprint() {
    return plain ? "plain" : "chat";
  }

  @Override
  public TrainingRows<EncodedExample> read(
      DataFiles files, HeldOut heldOut, ModelParts parts, int maxTokens) throws IOException {
    HeldOut.Sides<Demonstration> sides =
        heldOut.demonstrations(files.read(DataFile::readDemonstrations));
    DemonstrationEncoder encoder =
        plain
            ? new PlainEncoder(
                parts.tokenizer(), parts.plainEnd(), PlainEncoder.Loss.EVERYTHING, maxTokens)
            : new ChatEncoder(parts.template(), parts.tokenizer(), parts.endTokens(), maxTokens);
    return TrainingRows.of(
        EncodedData.ofDemonstrations(sides.training(), encoder),
        EncodedData.ofDemonstrations(sides.heldOut(), encoder));
  }

  @Override
  public int tokens(EncodedExample row) {
    return row.length();
  }

  @Override
  public Objective<EncodedExample> objective(
      TrainableTransformer network, List<EncodedExample> rows) {
    return new SupervisedFineTuning(network);
  }

  @Override
  public boolean readsFirst(boolean goesOn) {
    return false;
  }
}
