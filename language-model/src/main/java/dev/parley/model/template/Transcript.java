package dev.parley.model.template;

import java.util.List;

/**
 * A conversation in tokens, up to the end of its last answer.
 *
 * @param parts in order; what the model reads and what it should have written alternate
 */
public record Transcript(List<Part> parts) {
  public Transcript {
    parts = List.copyOf(parts);
  }

  /**
   * A stretch of it.
   *
   * @param ids the tokens; nobody writes into them
   * @param answer whether the model should have written them: an answer and the token that ends it.
   *     A thought without words that the template puts before an answer is none of it
   */
  @SuppressWarnings("ArrayRecordComponent") // many millions of tokens, compared nowhere
  public record Part(int[] ids, boolean answer) {}
}
