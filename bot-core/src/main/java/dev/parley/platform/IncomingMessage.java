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
 * @param quotations others' words that it refers to
 * @param attachments what came with it, not read yet
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
    List<Quotation> quotations,
    List<Attachment> attachments,
    Instant sentAt) {
  public IncomingMessage {
    quotations = List.copyOf(quotations);
    attachments = List.copyOf(attachments);
  }

  /**
   * Somebody's words.
   *
   * @param author as people read the name: data without meaning; may be empty
   */
  public record Quotation(Kind kind, String author, String text) {
    /** How they came into the message. */
    public enum Kind {
      /** They are the message that it replies to. */
      REPLIED_TO,
      /** They are the part of it that was chosen. */
      QUOTED,
      FORWARDED
    }
  }

  /**
   * Something that came with a message.
   *
   * @param name of a file: data without meaning; empty for what has none, such as a picture
   * @param bytes its size as far as the platform tells
   */
  public record Attachment(String name, long bytes, Content content) {
    /** Read only where the message is for Parley. */
    @FunctionalInterface
    public interface Content {
      byte[] read() throws PlatformException;
    }

    /** A picture, a voice message and whatever else is no file of text. */
    public static Attachment media() {
      return new Attachment("", 0, () -> new byte[0]);
    }
  }
}
