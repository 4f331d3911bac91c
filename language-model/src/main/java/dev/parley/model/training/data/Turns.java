package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of a conversation: a system text first or not at all, then user and assistant in turn,
 * beginning with the user. A second turn of the same speaker is refused rather than joined: the
 * file's writer alone knows what was meant.
 */
final class Turns {
  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

  private Turns() {}

  /**
   * @param last whose turn the last one has to be
   * @throws RowException where the rules are broken
   */
  static List<ChatMessage> check(List<ChatMessage> messages, Role last) {
    if (messages.isEmpty()) {
      throw new RowException("expected turns of user and assistant, found none");
    }
    int first = messages.getFirst().role() == Role.SYSTEM ? 1 : 0;
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      Role expected = i < first ? Role.SYSTEM : (i - first) % 2 == 0 ? Role.USER : Role.ASSISTANT;
      if (message.role() != expected) {
        throw new RowException(
            "expected the role %s in turn %d, found %s"
                .formatted(expected.wireName(), i + 1, message.role().wireName()));
      }
      text("turn " + (i + 1), message.text());
    }
    if (messages.getLast().role() != last) {
      throw new RowException(
          "expected the last turn to be the %s's, found the %s's"
              .formatted(last.wireName(), messages.getLast().role().wireName()));
    }
    return List.copyOf(messages);
  }

  /**
   * Refuses what says nothing, and what the tokenizers library would end the process at.
   *
   * @param where for the message
   */
  static String text(String where, String text) {
    if (text.isBlank()) {
      throw new RowException("expected text in %s, found none".formatted(where));
    }
    if (text.indexOf('\0') >= 0) {
      throw new RowException("expected text in %s, found a NUL character".formatted(where));
    }
    if (HALF_PAIR.matcher(text).find()) {
      throw new RowException("expected Unicode in %s, found half a character".formatted(where));
    }
    return text;
  }
}
