package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.format.FormattedText.Span;
import dev.parley.format.Style;
import dev.parley.format.Style.CodeBlock;
import dev.parley.format.Style.Heading;
import dev.parley.format.Style.Link;
import dev.parley.format.Style.Mark;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Styles as Discord's Markdown. What is no style reads as it is written: nothing in it mentions
 * somebody or invites somewhere. Used once, by one thread.
 *
 * @see <a href="https://support.discord.com/hc/en-us/articles/210298617">Markdown text 101</a>
 */
final class DiscordMarkdown {
  private static final int LARGEST_HEADING = 3;

  /** Without width: keeps apart what would be one mark. */
  private static final String NOTHING = "\u200B";

  private static final String ACTIVE = "\\*_~|`";

  /** What means something at the beginning of a line. */
  private static final Pattern LINE_START = Pattern.compile("^(\\s*)(>|#|-)(?=[\\s>#])|^(-#)");

  private static final String INVITING =
      "discord(?:app)?\\.com/+invite|discord\\.gg|discord\\.me|dsc\\.gg";

  /** A bare address, which must not be escaped, or an invitation, which must not be followed. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<invite>(?:https?://)?(?:[\\w-]+\\.)*(?:"
              + INVITING
              + ")(?::\\d+)?/+[^\\s<>`]+)"
              + "|(?<url>https?://(?:(?!https?://|@everyone|@here|"
              + INVITING
              + ")[^\\s<>`|*\\\\])+)",
          Pattern.CASE_INSENSITIVE);

  /** Behind a less-than sign: people, channels, commands, emojis, times, and the like. */
  private static final String MENTIONS = "@#:/aAtTiI";

  private static final Pattern MASS = Pattern.compile("everyone|here");

  private static final Pattern INVITATION = Pattern.compile(INVITING, Pattern.CASE_INSENSITIVE);

  private final FormattedText whole;
  private final StringBuilder out = new StringBuilder();

  private DiscordMarkdown(FormattedText whole) {
    this.whole = whole;
  }

  static String of(FormattedText text) {
    DiscordMarkdown markdown = new DiscordMarkdown(text);
    markdown.write(0, text.text().length(), text.spans());
    return markdown.out.toString();
  }

  /**
   * Writes a stretch.
   *
   * @param spans those within it, outer ones first
   */
  private void write(int from, int to, List<Span> spans) {
    int at = from;
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.start() < at) {
        continue; // it lies in the one before
      }
      plain(at, span.start());
      int end = i + 1;
      while (end < spans.size() && spans.get(end).start() < span.end()) {
        end++;
      }
      styled(span, spans.subList(i + 1, end));
      at = span.end();
    }
    plain(at, to);
  }

  private void styled(Span span, List<Span> within) {
    switch (span.style()) {
      case CodeBlock code -> fence(span, code.language());
      case Heading heading -> heading(span, heading, within);
      case Link link -> link(span, link.url(), within);
      case Mark.CODE -> code(text(span.start(), span.end()));
      case Mark.QUOTE -> quote(span, within);
      case Mark mark -> between(mark(mark), span, within);
    }
  }

  private static String mark(Mark mark) {
    return switch (mark) {
      case BOLD -> "**";
      case ITALIC -> "*";
      case STRIKETHROUGH -> "~~";
      case SPOILER -> "||";
      case CODE, QUOTE -> "";
    };
  }

  /** Marks stand beside words, never beside white space. */
  private void between(String mark, Span span, List<Span> within) {
    String text = text(span.start(), span.end());
    if (text.isBlank()) {
      out.append(text);
      return;
    }
    int start = span.start() + text.length() - text.stripLeading().length();
    int end = span.start() + text.stripTrailing().length();
    out.append(text, 0, start - span.start());
    if (!out.isEmpty() && out.charAt(out.length() - 1) == mark.charAt(0)) {
      out.append(NOTHING);
    }
    out.append(mark);
    write(start, end, clipped(within, start, end));
    if (out.charAt(out.length() - 1) == '\\') {
      out.append(NOTHING);
    }
    out.append(mark).append(text.substring(end - span.start()));
  }

  private static List<Span> clipped(List<Span> spans, int from, int to) {
    return spans.stream()
        .filter(span -> Math.max(span.start(), from) < Math.min(span.end(), to))
        .map(span -> new Span(Math.max(span.start(), from), Math.min(span.end(), to), span.style()))
        .toList();
  }

  private void heading(Span span, Heading heading, List<Span> within) {
    if (!isLineStart()) {
      between("**", span, within);
      return;
    }
    out.append("#".repeat(Math.min(heading.level(), LARGEST_HEADING))).append(' ');
    write(span.start(), span.end(), within);
  }

  private void fence(Span span, String language) {
    if (!isLineStart()) {
      out.append('\n');
    }
    out.append("```")
        .append(language.matches("[A-Za-z0-9+#._-]{1,20}") ? language : "")
        .append('\n')
        .append(apart("`{3,}", text(span.start(), span.end())))
        .append("\n```");
  }

  private void code(String text) {
    if (!out.isEmpty() && out.charAt(out.length() - 1) == '`') {
      out.append(NOTHING);
    }
    if (text.isBlank()) {
      out.append(text);
    } else if (text.contains("`")) {
      out.append("`` ").append(apart("`{2,}", text)).append(" ``");
    } else {
      out.append('`').append(text).append('`');
    }
  }

  /** With something between all marks that would end the code. */
  private static String apart(String marks, String code) {
    return Pattern.compile(marks)
        .matcher(code)
        .replaceAll(run -> String.join(NOTHING, Collections.nCopies(run.group().length(), "`")));
  }

  private void quote(Span span, List<Span> within) {
    DiscordMarkdown inner = new DiscordMarkdown(whole);
    inner.write(span.start(), span.end(), within);
    if (!isLineStart()) {
      out.append('\n');
    }
    out.append("> ").append(inner.out.toString().replace("\n", "\n> "));
  }

  private void link(Span span, String url, List<Span> within) {
    String text = text(span.start(), span.end());
    if (INVITATION.matcher(url).find()) {
      bare(span, within);
      if (!text.equals(url)) {
        out.append(" (");
        code(url);
        out.append(')');
      }
    } else if (text.equals(url)) {
      plain(span.start(), span.end());
    } else if (text.isBlank() || url.startsWith("mailto:")) {
      bare(span, within);
    } else {
      out.append('[');
      int before = out.length();
      write(span.start(), span.end(), within);
      String label = out.substring(before).replaceAll("(?<!\\\\)[\\[\\]]", "\\\\$0");
      out.setLength(before);
      out.append(label).append("](").append(encoded(url)).append(')');
    }
  }

  /** Without marks around it, it must not become one address with what stands beside it. */
  private void bare(Span span, List<Span> within) {
    if (!out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1))) {
      out.append(NOTHING);
    }
    write(span.start(), span.end(), within);
    String after = text(span.end(), whole.text().length());
    if (!after.isEmpty() && !Character.isWhitespace(after.charAt(0))) {
      out.append(NOTHING);
    }
  }

  private static String encoded(String url) {
    return url.replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("\n", "")
        .replace(" ", "%20")
        .replace("`", "%60")
        .replace("|", "%7C")
        .replace("\\", "%5C")
        .replace("@everyone", "%40everyone")
        .replace("@here", "%40here");
  }

  private boolean isLineStart() {
    return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
  }

  private String text(int from, int to) {
    return whole.text().substring(from, to);
  }

  private void plain(int from, int to) {
    String text = text(from, to);
    Matcher address = ADDRESS.matcher(text);
    int at = 0;
    while (address.find()) {
      escape(text.substring(at, address.start()));
      if (address.group("invite") != null) {
        code(address.group());
      } else {
        out.append(address.group());
      }
      at = address.end();
    }
    escape(text.substring(at));
  }

  private void escape(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at) + 1;
      String line = text.substring(at, end);
      if (isLineStart()) {
        Matcher start = LINE_START.matcher(line);
        if (start.find()) {
          int mark = start.start(2) >= 0 ? start.start(2) : start.start(3);
          out.append(line, 0, mark).append('\\').append(line.charAt(mark));
          line = line.substring(mark + 1);
        }
      }
      words(line);
      at = end;
    }
  }

  private void words(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean everybody = c == '@' && MASS.matcher(text).region(i + 1, text.length()).lookingAt();
      if (ACTIVE.indexOf(c) >= 0
          || (c == '<' && i + 1 < text.length() && MENTIONS.indexOf(text.charAt(i + 1)) >= 0)
          || (c == ']' && text.startsWith("](", i))) {
        out.append('\\');
      }
      out.append(c).append(everybody ? NOTHING : "");
    }
  }

  /** Whether something in it is shown by its preview. */
  static boolean hasLink(FormattedText text) {
    return text.text().contains("http://")
        || text.text().contains("https://")
        || text.spans().stream().map(Span::style).anyMatch(DiscordMarkdown::isLink);
  }

  private static boolean isLink(Style style) {
    return style instanceof Link;
  }
}
