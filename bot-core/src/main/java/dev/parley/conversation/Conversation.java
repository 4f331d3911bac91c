package dev.parley.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * A tree of messages.
 *
 * @param id its number
 * @param owner whose it is
 * @param title as made or given; empty until then
 * @param activeLeaf where the active path ends; empty while nothing was said, or all was undone
 * @param summary of its beginning, where that was forgotten
 * @param promptStart where the last prompt began, after something was forgotten
 * @param createdAt when it began
 * @param usedAt when it was last written to or resumed
 */
public record Conversation(
    ConversationId id,
    Owner owner,
    Optional<String> title,
    Optional<MessageId> activeLeaf,
    Optional<Summary> summary,
    Optional<MessageId> promptStart,
    Instant createdAt,
    Instant usedAt) {

  /**
   * What was said in a beginning of a path. It holds for every path that contains {@code upTo}.
   *
   * @param text the summary
   * @param upTo the last message it covers
   */
  public record Summary(String text, MessageId upTo) {}
}
