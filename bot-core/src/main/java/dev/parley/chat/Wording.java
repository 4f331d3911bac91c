package dev.parley.chat;

import dev.parley.format.Markdown;
import dev.parley.language.Excerpt;
import dev.parley.language.Texts;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.IncomingMessage.Attachment;
import dev.parley.platform.IncomingMessage.Quotation;
import dev.parley.platform.PlatformException;
import dev.parley.prompt.Quote;
import dev.parley.prompt.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a message asks in full: the words it refers to, its own, and the files that came with it.
 *
 * @param text what the model reads; empty where there is nothing
 * @param complaints what is said to the person about what could not be read
 */
record Wording(String text, List<String> complaints) {
  private static final Logger log = LoggerFactory.getLogger(Wording.class);

  /** UTF-16 units; no file system has longer ones. */
  private static final int LONGEST_NAME = 255;

  Wording {
    complaints = List.copyOf(complaints);
  }

  /**
   * Reads a message, its files included, which may take a while.
   *
   * @param known whether the message it replies to is in the conversation anyway
   */
  static Wording of(IncomingMessage message, boolean known, Texts texts) {
    List<String> parts = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (Quotation quotation : message.quotations()) {
      if (quotation.kind() != Quotation.Kind.REPLIED_TO || !known) {
        parts.add(quoted(quotation));
      }
    }
    if (!message.text().isBlank()) {
      parts.add(message.text().strip());
    }
    for (Attachment attachment : message.attachments()) {
      try {
        text(attachment)
            .ifPresentOrElse(
                text -> parts.add(fenced(attachment.name(), text)),
                () -> complaints.add(unreadable(attachment, texts)));
      } catch (PlatformException e) {
        log.warn("A file could not be fetched: {}", e.getMessage());
        complaints.add(texts.say("file.lost", Markdown.name(attachment.name())));
      }
    }
    return new Wording(String.join("\n\n", parts), complaints.stream().distinct().toList());
  }

  private static Optional<String> text(Attachment attachment) throws PlatformException {
    return attachment.name().isEmpty() || attachment.bytes() > TextFile.LARGEST
        ? Optional.empty()
        : TextFile.read(attachment.content().read());
  }

  private static String unreadable(Attachment attachment, Texts texts) {
    return attachment.name().isEmpty()
        ? texts.say("file.media")
        : texts.say("file.unreadable", Markdown.name(attachment.name()));
  }

  private static String quoted(Quotation quotation) {
    String author = Speaker.of(quotation.author());
    return switch (quotation.kind()) {
      case REPLIED_TO, QUOTED -> Quote.written(author, quotation.text());
      case FORWARDED -> Quote.forwarded(author, quotation.text());
    };
  }

  /** A fence longer than any in the text, so that the file's end is where it ends. */
  private static String fenced(String name, String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return "File " + fileName(name) + ":\n" + fence + "\n" + text.strip() + "\n" + fence;
  }

  /** It may be anything: not what ends a line, nor a fence. */
  private static String fileName(String name) {
    return Excerpt.of(name.replace('`', '\''), LONGEST_NAME);
  }
}
