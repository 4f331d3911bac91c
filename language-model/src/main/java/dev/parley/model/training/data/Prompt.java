package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.List;

/**
 * What a model is to answer.
 *
 * @param id names it, not empty; need not be unique
 * @param messages as in a {@link Demonstration}, but that the last message is the user's
 */
public record Prompt(String id, List<ChatMessage> messages) {
  /**
   * @throws IllegalArgumentException where messages are otherwise, with the reason for people
   */
  public Prompt {
    messages = Turns.check(messages, Role.USER);
  }
}
