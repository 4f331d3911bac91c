package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.data.ChatEncoder;
import dev.parley.model.training.data.DataFile;
import dev.parley.model.training.data.EncodedData;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.training.data.EncodedPrompt;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.training.data.Preference;
import dev.parley.model.training.data.Prompt;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the data became.
 *
 * @param training to learn from
 * @param heldOut to be examined by
 * @param shortened how many lost turns or the end of an answer to fit
 * @param leftOut how many have no room for an answer
 */
record TrainingRows<R>(List<R> training, List<R> heldOut, long shortened, long leftOut) {
  static <R> TrainingRows<R> of(EncodedData<R> training, EncodedData<R> heldOut) {
    return new TrainingRows<>(
        training.rows(),
        heldOut.rows(),
        training.shortened() + heldOut.shortened(),
        training.leftOut() + heldOut.leftOut());
  }

  static TrainingRows<EncodedPreference> ofPreferences(
      DataFiles files, HeldOut heldOut, ModelParts parts, int maxTokens) throws IOException {
    HeldOut.Sides<Preference> sides = heldOut.preferences(files.read(DataFile::readPreferences));
    ChatEncoder encoder =
        new ChatEncoder(parts.template(), parts.tokenizer(), parts.endTokens(), maxTokens);
    return of(
        EncodedData.ofPreferences(sides.training(), encoder),
        EncodedData.ofPreferences(sides.heldOut(), encoder));
  }

  static TrainingRows<EncodedPrompt> ofPrompts(
      DataFiles files, HeldOut heldOut, ModelParts parts, int maxTokens) throws IOException {
    HeldOut.Sides<Prompt> sides = heldOut.prompts(files.read(DataFile::readPrompts));
    ChatEncoder encoder =
        new ChatEncoder(parts.template(), parts.tokenizer(), parts.endTokens(), maxTokens);
    return of(
        EncodedData.ofPrompts(sides.training(), encoder),
        EncodedData.ofPrompts(sides.heldOut(), encoder));
  }

  /**
   * The same.
   *
   * @param maxTokens most tokens of a sequence, for the message
   * @throws ModelException where there is nothing to learn from
   */
  TrainingRows<R> require(int maxTokens) {
    if (training.isEmpty()) {
      throw new ModelException(
          "No row is left to learn from: %,d are held out, %,d have no room for an answer in %,d tokens."
              .formatted(heldOut.size(), leftOut, maxTokens));
    }
    return this;
  }

  /** Both sides. */
  List<R> all() {
    return Stream.concat(training.stream(), heldOut.stream()).toList();
  }
}
