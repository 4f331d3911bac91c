package dev.parley.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;

/**
 * Reads Markdown: CommonMark with GitHub's tables and strikethrough, and {@code ||spoilers||}.
 * Whatever is no Markdown stays as it was written. Thread-safe.
 *
 * @see <a href="https://spec.commonmark.org/">CommonMark</a>
 */
public final class Markdown {
  /** Blocks within blocks deeper than this are text: nobody means a quote of the 20th degree. */
  private static final int DEEPEST = 20;

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
          .customDelimiterProcessor(new SpoilerDelimiter())
          .maxOpenBlockParsers(DEEPEST)
          .build();

  /** What means something between other characters; the others only at the beginning of a line. */
  private static final String ACTIVE = "\\`*_[]<>~|&";

  /** Headings, lists and what underlines. */
  private static final Pattern LINE_START =
      Pattern.compile("^(\\s*+(?:\\d{1,9}(?=[.)]))?)([#+=.)-])", Pattern.MULTILINE);

  private Markdown() {}

  /** What people read of it, and how it looks; loses no words. */
  public static FormattedText format(String markdown) {
    // halves of characters become question marks: marks between two halves would make them one
    String text = new String(markdown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    FormattedText formatted = new Formatter().format(PARSER.parse(text));
    return formatted.isEmpty() ? FormattedText.plain(text.strip()) : formatted;
  }

  /**
   * Markdown that reads as a name or a title, on one line: they are data, whatever they look like.
   * What shows nothing is a question mark.
   */
  public static String name(String text) {
    String line = Visible.line(text);
    return line.isEmpty() ? "?" : marked(Visible.isolated(line));
  }

  /** Markdown that reads as this text, with its lines. */
  public static String escape(String text) {
    return marked(Visible.lines(text));
  }

  private static String marked(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (ACTIVE.indexOf(text.charAt(i)) >= 0) {
        escaped.append('\\');
      }
      escaped.append(text.charAt(i));
    }
    return LINE_START.matcher(escaped).replaceAll("$1\\\\$2");
  }
}
