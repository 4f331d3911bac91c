package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.List;

/**
 * Two answers to the same prompt, of which people prefer one.
 *
 * @param id names it, not empty; need not be unique
 * @param prompt as in a {@link Demonstration}, but that the last message is the user's
 * @param chosen the better answer
 * @param rejected the other, a different text
 */
public record Preference(String id, List<ChatMessage> prompt, String chosen, String rejected) {
  /**
   * @throws IllegalArgumentException where prompt or answers are otherwise, with the reason for
   *     people
   */
  public Preference {
    prompt = Turns.check(prompt, Role.USER);
    Turns.text("chosen", chosen);
    Turns.text("rejected", rejected);
    if (chosen.equals(rejected)) {
      throw new RowException("expected two different answers, found the same one twice");
    }
  }
}
