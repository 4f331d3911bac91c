package dev.parley.model.training.data;

import java.nio.IntBuffer;

/**
 * The same prompt with the better and with the worse answer; the answers' tokens, those that end
 * them included, are the ones marked as trained.
 */
public record EncodedPreference(EncodedExample chosen, EncodedExample rejected) {
  /** The prompt's tokens. */
  public IntBuffer prompt() {
    return IntBuffer.wrap(chosen.ids(), 0, chosen.answerStart()).asReadOnlyBuffer();
  }

  /** Of the longer one, in tokens. */
  public int length() {
    return Math.max(chosen.length(), rejected.length());
  }

  /** Of both together. */
  public int tokens() {
    return chosen.length() + rejected.length();
  }

  /** Whether the prompt lost turns, or one of the answers its end, to fit. */
  public boolean shortened() {
    return chosen.shortened() || rejected.shortened();
  }
}
