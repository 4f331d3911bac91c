package dev.parley.model;

import java.time.Duration;

/**
 * How a generation ended.
 *
 * @param thought what the model thought before it answered, without the white space around it;
 *     empty where it did not
 * @param text the whole answer, the same as all pieces of text the listener received
 * @param finishReason why it ended
 * @param promptTokens tokens of the prompt
 * @param cachedTokens how many of those came from the KV cache instead of being computed
 * @param generatedTokens tokens the model drew, those of the thought and the end token included
 * @param waited from the call to the first work on it
 * @param toFirstToken from the call to the first token, be it of a thought; equals {@code total}
 *     where there was none
 * @param total from the call to the end
 */
public record GenerationResult(
    String thought,
    String text,
    FinishReason finishReason,
    int promptTokens,
    int cachedTokens,
    int generatedTokens,
    Duration waited,
    Duration toFirstToken,
    Duration total) {

  /** Of a model that did not think before. */
  public GenerationResult(
      String text,
      FinishReason finishReason,
      int promptTokens,
      int cachedTokens,
      int generatedTokens,
      Duration waited,
      Duration toFirstToken,
      Duration total) {
    this(
        "",
        text,
        finishReason,
        promptTokens,
        cachedTokens,
        generatedTokens,
        waited,
        toFirstToken,
        total);
  }
}
