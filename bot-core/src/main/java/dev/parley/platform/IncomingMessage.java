package dev.parley.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message that a person wrote.
 *
 * @param eventId unique per platform: the same event delivered twice has the same id
 * @param place where it stands
 * @param author who wrote it
 * @param messageId the platform's id of the message
 * @param text what it says, without the mention of Parley
 * @param replyTo the platform's id of the message it replies to
 * @param addressed whether it is meant for Parley: a private chat, a mention, a reply to Parley
 * @param attachments text files that came with it
 * @param sentAt the platform's time of it
 */
public record IncomingMessage(
    String eventId,
    Place place,
    Person author,
    String messageId,
    String text,
    Optional<String> replyTo,
    boolean addressed,
    List<Attachment> attachments,
    Instant sentAt) {
  public IncomingMessage {
    attachments = List.copyOf(attachments);
  }

  /**
   * A file with text in it.
   *
   * @param name its file name, data without meaning
   * @param text its content, decoded
   */
  public record Attachment(String name, String text) {}
}
