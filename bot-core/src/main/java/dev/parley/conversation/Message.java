package dev.parley.conversation;

import dev.parley.model.FinishReason;
import dev.parley.model.Role;
import dev.parley.platform.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * A node of a conversation's tree. Questions and answers alternate on every path: an answer is
 * there, without text, from the moment its question is accepted.
 *
 * @param id its number
 * @param conversation the conversation it was written in
 * @param parent what it follows; a root has none; another person's answer, in a conversation that
 *     branched off from theirs
 * @param role user or assistant
 * @param text what was said; of an answer, empty until it is generated
 * @param author who asked; empty for answers
 * @param generation how the answer came about; empty for questions and until it is generated
 * @param createdAt when it was accepted
 * @param deleted whether it left the context, with its question or answer
 */
public record Message(
    MessageId id,
    ConversationId conversation,
    Optional<MessageId> parent,
    Role role,
    String text,
    Optional<Author> author,
    Optional<Origin> generation,
    Instant createdAt,
    boolean deleted) {

  /**
   * Who asked.
   *
   * @param id their id
   * @param name their name when they asked, data without any meaning
   */
  public record Author(PersonId id, String name) {}

  /**
   * How an answer came about.
   *
   * @param modelVersion which model wrote it
   * @param promptTokens tokens it read
   * @param generatedTokens tokens it wrote
   * @param finishReason why it stopped
   */
  public record Origin(
      String modelVersion, int promptTokens, int generatedTokens, FinishReason finishReason) {}
}
