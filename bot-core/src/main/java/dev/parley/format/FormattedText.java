package dev.parley.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Text and the styles of its stretches. Immutable.
 *
 * @param text what people read
 * @param spans in the order of their beginnings, an outer one before those within it; two of them
 *     lie apart or one in the other
 */
public record FormattedText(String text, List<Span> spans) {
  public FormattedText {
    spans = List.copyOf(spans);
  }

  /**
   * A stretch of one style.
   *
   * @param start of its first UTF-16 unit
   * @param end after its last one, greater than the start
   */
  public record Span(int start, int end, Style style) {
    public Span {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("no stretch of text: " + start + " to " + end);
      }
    }
  }

  /** Text as it is. */
  public static FormattedText plain(String text) {
    return new FormattedText(text, List.of());
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** The part from one UTF-16 unit to before another, with what of the styles lies there. */
  FormattedText slice(int from, int to) {
    List<Span> inside = new ArrayList<>();
    for (Span span : spans) {
      int start = Math.max(span.start, from);
      int end = Math.min(span.end, to);
      if (start < end) {
        inside.add(new Span(start - from, end - from, span.style));
      }
    }
    return new FormattedText(text.substring(from, to), inside);
  }

  /** Without blank lines before it and white space after it: blanks before code count. */
  FormattedText stripped() {
    int end = text.stripTrailing().length();
    int start = Math.min(end, text.length() - text.stripLeading().length());
    while (start > 0 && isInCodeBlock(start - 1) && text.charAt(start - 1) != '\n') {
      start--;
    }
    return slice(start, end);
  }

  /** Whether a place lies within lines of code. */
  private boolean isInCodeBlock(int at) {
    return spans.stream()
        .anyMatch(
            span -> span.style instanceof Style.CodeBlock && span.start <= at && at < span.end);
  }
}
