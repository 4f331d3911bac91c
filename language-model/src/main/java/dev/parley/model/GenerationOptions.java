package dev.parley.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The bounds of one generation and how its tokens are drawn.
 *
 * @param maxTokens most new tokens, at least 1; the context length bounds it as well
 * @param sampling how the next token is drawn
 * @param stopTexts the answer ends before the first of these that appears; none is empty
 * @param timeLimit from the call of {@code generate} on; ends with {@link FinishReason#TIME_LIMIT}
 * @param ignoreEnd whether it goes on where the model says its end token, which is no text: answers
 *     of a known length, for measuring
 */
public record GenerationOptions(
    int maxTokens,
    SamplingOptions sampling,
    List<String> stopTexts,
    Duration timeLimit,
    boolean ignoreEnd) {

  /** Long enough that only a fault reaches it. */
  public static final Duration NO_TIME_LIMIT = Duration.ofDays(1);

  public GenerationOptions {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
    Objects.requireNonNull(sampling, "sampling");
    stopTexts = List.copyOf(stopTexts);
    if (stopTexts.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a stop text must not be empty");
    }
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("timeLimit must be positive, not " + timeLimit);
    }
  }

  /** Ends where the model does. */
  public GenerationOptions(
      int maxTokens, SamplingOptions sampling, List<String> stopTexts, Duration timeLimit) {
    this(maxTokens, sampling, stopTexts, timeLimit, false);
  }

  /**
   * At most {@code maxTokens} tokens, drawn by {@code sampling}, without stop texts or a time
   * limit.
   */
  public static GenerationOptions of(int maxTokens, SamplingOptions sampling) {
    return new GenerationOptions(maxTokens, sampling, List.of(), NO_TIME_LIMIT);
  }

  /** The same, past the model's end token. */
  public GenerationOptions withIgnoreEnd() {
    return new GenerationOptions(maxTokens, sampling, stopTexts, timeLimit, true);
  }
}
