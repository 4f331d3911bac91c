package dev.parley.model.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What data became.
 *
 * @param rows in the data's order
 * @param shortened how many of them lost turns or the end of an answer to fit
 * @param leftOut how many demonstrations, preferences or prompts leave no room for an answer
 */
public record EncodedData<T>(List<T> rows, long shortened, long leftOut) {
  public EncodedData {
    rows = List.copyOf(rows);
  }

  /**
   * Encodes demonstrations.
   *
   * @throws dev.parley.model.ModelException where the model's chat template refuses one
   */
  public static EncodedData<EncodedExample> ofDemonstrations(
      List<Demonstration> demonstrations, DemonstrationEncoder encoder) {
    List<EncodedExample> rows = new ArrayList<>();
    long leftOut = 0;
    for (Demonstration demonstration : demonstrations) {
      List<EncodedExample> examples = encoder.encode(demonstration);
      leftOut += examples.isEmpty() ? 1 : 0;
      rows.addAll(examples);
    }
    long shortened = rows.stream().filter(EncodedExample::shortened).count();
    return new EncodedData<>(rows, shortened, leftOut);
  }

  /**
   * Encodes preferences.
   *
   * @throws dev.parley.model.ModelException where the model's chat template refuses one
   */
  public static EncodedData<EncodedPreference> ofPreferences(
      List<Preference> preferences, ChatEncoder encoder) {
    List<EncodedPreference> rows =
        preferences.stream().map(encoder::encode).flatMap(Optional::stream).toList();
    long shortened = rows.stream().filter(EncodedPreference::shortened).count();
    return new EncodedData<>(rows, shortened, preferences.size() - rows.size());
  }

  /**
   * Encodes prompts.
   *
   * @param encoder for as many tokens as leave room for an answer
   * @throws dev.parley.model.ModelException where the model's chat template refuses one
   */
  public static EncodedData<EncodedPrompt> ofPrompts(List<Prompt> prompts, ChatEncoder encoder) {
    List<EncodedPrompt> rows =
        prompts.stream().map(encoder::encode).flatMap(Optional::stream).toList();
    long shortened = rows.stream().filter(EncodedPrompt::shortened).count();
    return new EncodedData<>(rows, shortened, prompts.size() - rows.size());
  }
}
