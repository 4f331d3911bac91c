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
 * @param forgot whether turns were left out that the prompt before still had
 * @param wordsRead where the question alone was too long: how many of its last words were kept
 */
public record Prompt(
    List<ChatMessage> messages, int tokens, long keptFrom, boolean forgot, OptionalLong wordsRead) {
  public Prompt {
    messages = List.copyOf(messages);
  }

  /** The same, where the person knows already that something is forgotten. */
  public Prompt withoutNotice() {
    return new Prompt(messages, tokens, keptFrom, false, wordsRead);
  }
}
