package dev.parley.conversation;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A conversation as a Markdown document for its owner. */
public final class MarkdownExport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private MarkdownExport() {}

  /**
   * Writes what was said on a path; deleted messages and answers that never came are left out.
   *
   * @param title the heading
   * @param path oldest first
   * @param assistant what the assistant is called
   * @param zone of the times shown
   */
  public static String of(String title, List<Message> path, String assistant, ZoneId zone) {
    StringBuilder document = new StringBuilder("# ").append(oneLine(title)).append('\n');
    for (Message message : path) {
      if (!message.deleted() && !message.text().isBlank()) {
        String speaker = message.author().map(Message.Author::name).orElse(assistant);
        document
            .append("\n**")
            .append(oneLine(speaker))
            .append("** · ")
            .append(TIME.format(message.createdAt().atZone(zone)))
            .append("\n\n")
            .append(message.text().strip())
            .append('\n');
      }
    }
    return document.toString();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
