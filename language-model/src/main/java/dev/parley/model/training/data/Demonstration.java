package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.List;

/**
 * A conversation to learn from: the assistant's turns are how it should have answered.
 *
 * @param id names it, not empty; need not be unique
 * @param messages perhaps a system text, then user and assistant in turn; the last is the
 *     assistant's. No text is blank, has a NUL or half a surrogate pair
 */
public record Demonstration(String id, List<ChatMessage> messages) {
  /**
   * @throws IllegalArgumentException where the messages are otherwise, with the reason for people
   */
  public Demonstration {
    messages = Turns.check(messages, Role.ASSISTANT);
  }
}
