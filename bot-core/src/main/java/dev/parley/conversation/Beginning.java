package dev.parley.conversation;

import java.util.List;
import java.util.Optional;

/**
 * What a conversation's prompt no longer holds, and no summary tells yet.
 *
 * @param conversation which one
 * @param owner whose it is
 * @param earlier a summary of what came before these messages
 * @param messages questions and answers, oldest first; may be empty where all were deleted
 * @param upTo the last message a summary of them covers
 */
public record Beginning(
    ConversationId conversation,
    Owner owner,
    Optional<String> earlier,
    List<Message> messages,
    MessageId upTo) {
  public Beginning {
    messages = List.copyOf(messages);
  }
}
