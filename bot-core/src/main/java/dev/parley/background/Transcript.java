package dev.parley.background;

import dev.parley.conversation.Message;
import dev.parley.model.Role;
import dev.parley.prompt.Quote;
import dev.parley.prompt.Speaker;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a conversation as something to read about: every line is quoted, so that no text of a
 * person can end the quotation and speak in its own right. Immutable.
 */
final class Transcript {
  private final List<Message> messages;
  private final boolean shared;

  /**
   * @param shared whether several people speak, whose names are then shown
   */
  Transcript(List<Message> messages, boolean shared) {
    this.messages = List.copyOf(messages);
    this.shared = shared;
  }

  /** UTF-16 units of the longest message. */
  int longest() {
    return messages.stream().mapToInt(message -> message.text().length()).max().orElse(0);
  }

  boolean isLong() {
    return messages.size() > 1;
  }

  /** The newer half: for what is too long even when every message is short. */
  Transcript newerHalf() {
    return new Transcript(messages.subList(messages.size() / 2, messages.size()), shared);
  }

  /** The text, each message cut in its middle to about so many UTF-16 units. */
  String text(int most) {
    return messages.stream()
        .map(message -> Quote.of(speaker(message) + ": " + shortened(message.text().strip(), most)))
        .collect(Collectors.joining("\n"));
  }

  private String speaker(Message message) {
    if (message.role() == Role.ASSISTANT) {
      return "Assistant";
    }
    return shared
        ? message.author().map(author -> Speaker.of(author.name())).orElse("Person")
        : "Person";
  }

  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = boundary(text, most * 2 / 3);
    int tail = boundary(text, text.length() - most / 3);
    return text.substring(0, head) + " … " + text.substring(tail);
  }

  /** Never within a surrogate pair. */
  private static int boundary(String text, int index) {
    return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index))
        ? index - 1
        : index;
  }
}
