package dev.parley.prompt;

import dev.parley.model.ChatMessage;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the model gets to read.
 *
 * @param messages the system prompt, then the turns that fit, the question last
 * @param tokens of all messages together
 * @param keptFrom id of the oldest turn in it; turns before it are forgotten
 * @param forgotten tokens of the turns that were left out and that the prompt before still had; 0
 *     where there are none
 * @param wordsRead where the question alone was too long: how many of its last words were kept
 */
public record Prompt(
    List<ChatMessage> messages, int tokens, long keptFrom, int forgotten, OptionalLong wordsRead) {
  public Prompt {
    messages = List.copyOf(messages);
  }

  /** Whether turns were left out that the prompt before still had. */
  public boolean forgot() {
    return forgotten > 0;
  }

  /** The same, where the person knows already that something is forgotten. */
  public Prompt withoutNotice() {
    return new Prompt(messages, tokens, keptFrom, 0, wordsRead);
  }
}
