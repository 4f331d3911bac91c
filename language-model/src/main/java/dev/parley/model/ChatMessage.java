package dev.parley.model;

import java.util.Objects;

/**
 * One message of a chat. The text is data: whatever it holds, it never becomes a control token.
 *
 * @param role who speaks
 * @param text what is said, any length, possibly empty
 */
public record ChatMessage(Role role, String text) {
  public ChatMessage {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(text, "text");
  }

  public static ChatMessage system(String text) {
    return new ChatMessage(Role.SYSTEM, text);
  }

  public static ChatMessage user(String text) {
    return new ChatMessage(Role.USER, text);
  }

  public static ChatMessage assistant(String text) {
    return new ChatMessage(Role.ASSISTANT, text);
  }
}
