package dev.parley.model;

import java.time.Duration;

/**
 * How a generation ended.
 *
 * @param text the whole text, the same as all pieces the listener received
 * @param finishReason why it ended
 * @param promptTokens tokens of the prompt
 * @param cachedTokens how many of those came from the KV cache instead of being computed
 * @param generatedTokens tokens the model drew, the end token included
 * @param waited from the call to the first work on it
 * @param toFirstToken from the call to the first token; equals {@code total} where there was none
 * @param total from the call to the end
 */
public record GenerationResult(
    String text,
    FinishReason finishReason,
    int promptTokens,
    int cachedTokens,
    int generatedTokens,
    Duration waited,
    Duration toFirstToken,
    Duration total) {}
