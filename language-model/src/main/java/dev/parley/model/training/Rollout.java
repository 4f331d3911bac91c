package dev.parley.model.training;

import dev.parley.model.training.data.EncodedExample;
import java.util.Arrays;

/**
 * An answer that a policy wrote to learn from it.
 *
 * @param prompt its tokens; nobody writes into them
 * @param answer the answer's tokens, at least one; the token that ends it is one of them
 * @param ended whether it ends with such a token, rather than at the length limit
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Rollout(int[] prompt, int[] answer, boolean ended) {
  /** Prompt and answer, end to end. */
  public int[] tokens() {
    int[] all = Arrays.copyOf(prompt, prompt.length + answer.length);
    System.arraycopy(answer, 0, all, prompt.length, answer.length);
    return all;
  }

  /** Prompt and answer, as a reward model scores them. */
  public EncodedExample encoded() {
    return new EncodedExample(tokens(), ofAnswer(), false);
  }

  /** For each of {@link #tokens()}, whether it is the answer's. */
  boolean[] ofAnswer() {
    boolean[] mask = new boolean[prompt.length + answer.length];
    Arrays.fill(mask, prompt.length, mask.length, true);
    return mask;
  }
}
