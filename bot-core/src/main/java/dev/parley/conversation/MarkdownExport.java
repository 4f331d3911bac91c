package dev.parley.conversation;

import dev.parley.format.Markdown;
import dev.parley.format.Visible;
import dev.parley.prompt.Quote;
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
   * Writes what was said on a path; deleted messages and answers that never came are left out. Each
   * message is a quote, since nothing else ends where it should: a fence or a comment that one
   * leaves open would swallow all others, and a heading pass for somebody's.
   *
   * @param title the heading
   * @param path oldest first
   * @param assistant what the assistant is called
   * @param zone of the times shown
   */
  public static String of(String title, List<Message> path, String assistant, ZoneId zone) {
    StringBuilder document = new StringBuilder("# ").append(Markdown.name(title)).append('\n');
    for (Message message : path) {
      if (!message.deleted() && !message.text().isBlank()) {
        String speaker =
            message.author().map(author -> person(author, assistant)).orElse(assistant);
        document
            .append("\n**")
            .append(Markdown.name(speaker))
            .append("** · ")
            .append(TIME.format(message.createdAt().atZone(zone)))
            .append("\n\n")
            .append(Quote.of(message.text()))
            .append('\n');
      }
    }
    return document.toString();
  }

  /** Whoever calls themselves as the assistant is called is told apart by their number. */
  private static String person(Message.Author author, String assistant) {
    String name = Visible.line(author.name());
    return name.equalsIgnoreCase(assistant) ? name + " (" + author.id().id() + ")" : name;
  }
}
