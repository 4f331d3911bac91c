package dev.parley.terminal;

import com.ibm.icu.text.BreakIterator;
import java.util.Locale;
import org.jline.utils.AttributedString;

/**
 * Breaks growing text into lines of a width where Unicode allows a break (UAX 14), with the double
 * width of Chinese characters counted. What may still grow at its end is held back. Confined to one
 * thread.
 */
final class LineWrapper {
  private final BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
  private int width;
  private String pending = "";

  /** White space that waits for the next word, or goes where a line ends. */
  private String gap = "";

  private int column;
  private int rows;

  /**
   * @param width columns of a line, at least 2; {@link Integer#MAX_VALUE} never wraps
   */
  LineWrapper(int width) {
    this.width = Math.max(2, width);
  }

  /** From here on lines are so wide: the terminal breaks those above anew by itself. */
  void resize(int columns) {
    width = Math.max(2, columns);
    if (column > width) {
      rows += (column - 1) / width;
      column = (column - 1) % width + 1;
    }
  }

  /** Adds text and returns what can be printed now. */
  String add(String text) {
    String all = pending + text;
    breaks.setText(all);
    int certain = breaks.preceding(all.length());
    certain = certain == BreakIterator.DONE ? 0 : beforeCommand(all, certain);
    pending = all.substring(certain);
    return wrap(all.substring(0, certain));
  }

  /** Returns what was held back. */
  String finish() {
    String rest = pending;
    pending = "";
    return wrap(rest);
  }

  /** How many rows below the first one the text printed so far reaches. */
  int rows() {
    return rows;
  }

  private String wrap(String text) {
    StringBuilder out = new StringBuilder();
    breaks.setText(text);
    int from = breaks.first();
    for (int next = breaks.next(); next != BreakIterator.DONE; next = breaks.next()) {
      int to = beforeCommand(text, next);
      place(text.substring(from, to), out);
      from = to;
    }
    return out.toString();
  }

  /**
   * UAX 14 breaks after a slash and never before one, which tears a command such as {@code /help}:
   * its break is before the slash.
   */
  private static int beforeCommand(String text, int at) {
    boolean command =
        at > 0
            && at < text.length()
            && text.charAt(at - 1) == '/'
            && (at == 1 || Character.isWhitespace(text.charAt(at - 2)))
            && !Character.isWhitespace(text.charAt(at));
    return command ? at - 1 : at;
  }

  /** Puts one unbreakable piece, which may end in white space or a line break. */
  private void place(String piece, StringBuilder out) {
    String word = piece.stripTrailing();
    if (!word.isEmpty()) {
      if (column > 0 && column + columns(gap) + columns(word) > width) {
        breakLine(out);
      }
      out.append(gap).append(word);
      column += columns(gap) + columns(word);
      gap = "";
      rows += (column - 1) / width; // only a word wider than the line reaches further
      column = (column - 1) % width + 1;
    }
    for (char space : piece.substring(word.length()).toCharArray()) {
      if (space == '\n') {
        breakLine(out);
      } else {
        gap += space;
      }
    }
  }

  private void breakLine(StringBuilder out) {
    out.append('\n');
    rows++;
    column = 0;
    gap = "";
  }

  private static int columns(String text) {
    return new AttributedString(text).columnLength();
  }
}
