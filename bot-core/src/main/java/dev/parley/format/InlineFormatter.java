package dev.parley.format;

import dev.parley.format.FormattedText.Span;
import dev.parley.format.Style.Mark;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Writes what stands within one block. Walks without recursion, since a line of stars may nest as
 * deep as it is long.
 */
final class InlineFormatter {
  /** A scheme alone is refused, or opens the page that it stands on. */
  private static final Pattern OPENED_EVERYWHERE =
      Pattern.compile("(?:https?://|mailto:)[^\\s/?#]", Pattern.CASE_INSENSITIVE);

  private final StringBuilder text;
  private final List<Span> spans;
  private final String indent;

  /** Nodes that are open, innermost first, and where each began. */
  private final Deque<Begun> open = new ArrayDeque<>();

  private record Begun(Node node, int start) {}

  /**
   * Makes a formatter.
   *
   * @param text what it writes to
   * @param spans what it adds to
   * @param indent what a new line begins with
   */
  InlineFormatter(StringBuilder text, List<Span> spans, String indent) {
    this.text = text;
    this.spans = spans;
    this.indent = indent;
  }

  void format(Node block) {
    @Nullable Node node = block.getFirstChild();
    while (node != null) {
      open.push(new Begun(node, text.length()));
      write(node);
      @Nullable Node next = node.getFirstChild();
      while (next == null && !open.isEmpty()) {
        Begun whole = open.pop();
        end(whole.node, whole.start);
        next = whole.node.getNext();
      }
      node = next;
    }
  }

  private void write(Node node) {
    switch (node) {
      case Text words -> text.append(words.getLiteral());
      case Code code -> text.append(code.getLiteral());
      case HtmlInline html -> text.append(html.getLiteral());
      case SoftLineBreak _ -> text.append('\n').append(indent);
      case HardLineBreak _ -> text.append('\n').append(indent);
      default -> {}
    }
  }

  private void end(Node node, int start) {
    switch (node) {
      case Code _ -> span(start, Mark.CODE);
      case StrongEmphasis _ -> span(start, Mark.BOLD);
      case Emphasis _ -> span(start, Mark.ITALIC);
      case Strikethrough _ -> span(start, Mark.STRIKETHROUGH);
      case Spoiler _ -> span(start, Mark.SPOILER);
      case Link link -> link(start, link.getDestination());
      case Image image -> link(start, image.getDestination());
      default -> {}
    }
  }

  /** An address that is none of the web's is text: nothing else can be opened everywhere. */
  private void link(int start, String url) {
    if (text.substring(start).isBlank()) {
      text.append(url);
    }
    if (OPENED_EVERYWHERE.matcher(url).lookingAt()) {
      span(start, new Style.Link(url));
    } else if (!text.substring(start).contains(url)) {
      text.append(" (").append(url).append(')');
    }
  }

  private void span(int start, Style style) {
    if (start < text.length()) {
      spans.add(new Span(start, text.length(), style));
    }
  }
}
