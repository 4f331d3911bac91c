package dev.parley.reply;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits Markdown into messages of a limited length: at paragraphs, else lines, sentences, words,
 * or between characters as people see them. A code fence that is cut is closed and opened again.
 * Text that only grows keeps its earlier parts. Immutable.
 */
public final class MessageSplitter {
  /** CommonMark 4.5, with an upper bound so that a fence always leaves room for code. */
  private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,10}|~{3,10})([^`\\n]{0,30})$");

  /** Opening and closing a fence take at most so many units. */
  private static final int FENCE_ROOM = 10 + 30 + 1 + 1 + 10;

  private static final int LEAST_LIMIT = 2 * FENCE_ROOM;

  private final int limit;

  /**
   * @param limit most UTF-16 units of a part, at least 104
   */
  public MessageSplitter(int limit) {
    if (limit < LEAST_LIMIT) {
      throw new IllegalArgumentException(
          "the limit must be at least " + LEAST_LIMIT + ", not " + limit);
    }
    this.limit = limit;
  }

  /** The parts in order, none empty; no parts where there is no text. */
  public List<String> split(String markdown) {
    List<String> parts = new ArrayList<>();
    Fence fence = Fence.NONE;
    String rest = markdown.strip();
    while (!rest.isEmpty()) {
      String opening = fence.opening();
      if (opening.length() + rest.length() <= limit) {
        parts.add(opening + rest);
        return parts;
      }
      int cut = beforeFence(rest, cut(rest, limit - FENCE_ROOM));
      String head = rest.substring(0, cut);
      fence = fence.after(head);
      parts.add(opening + head.stripTrailing() + fence.closing());
      rest =
          fence.isOpen()
              ? rest.substring(cut).replaceFirst("^\\n", "")
              : rest.substring(cut).stripLeading();
    }
    return parts;
  }

  /** Where to cut: the best place within reach, never before its middle where there is a choice. */
  private static int cut(String text, int most) {
    String window = text.substring(0, most);
    int paragraph = window.lastIndexOf("\n\n");
    if (paragraph >= most / 2) {
      return paragraph;
    }
    int line = window.lastIndexOf('\n');
    if (line >= most / 2) {
      return line;
    }
    for (BreakIterator breaks :
        List.of(
            BreakIterator.getSentenceInstance(Locale.ROOT),
            BreakIterator.getLineInstance(Locale.ROOT))) {
      int at = preceding(breaks, text, most);
      if (at >= most / 2) {
        return at;
      }
    }
    int character = preceding(BreakIterator.getCharacterInstance(Locale.ROOT), text, most);
    return character > 0 ? character : surrogateSafe(text, most);
  }

  /** A fence's line is not cut: it moves to the next part whole. */
  private static int beforeFence(String text, int cut) {
    int begin = text.lastIndexOf('\n', cut - 1) + 1;
    int end = text.indexOf('\n', cut);
    String line = text.substring(begin, end < 0 ? text.length() : end);
    return begin > 0 && begin < cut && FENCE.matcher(line).matches() ? begin : cut;
  }

  /** The last boundary at or before an offset; looks only so far ahead as one may reach. */
  private static int preceding(BreakIterator breaks, String text, int most) {
    breaks.setText(text.substring(0, Math.min(text.length(), most + 100)));
    return Math.max(0, breaks.preceding(most + 1));
  }

  /** For one character of a thousand marks: anywhere but within a surrogate pair. */
  private static int surrogateSafe(String text, int most) {
    return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
  }

  /** A code fence that is open at some place: its marker and info string, or none. */
  private record Fence(String marker, String info) {
    static final Fence NONE = new Fence("", "");

    boolean isOpen() {
      return !marker.isEmpty();
    }

    String opening() {
      return isOpen() ? marker + info + "\n" : "";
    }

    String closing() {
      return isOpen() ? "\n" + marker : "";
    }

    /** What is open after some more text. */
    Fence after(String text) {
      Fence now = this;
      for (String line : text.split("\n", -1)) {
        Matcher matcher = FENCE.matcher(line);
        if (!matcher.matches()) {
          continue;
        }
        String marker = matcher.group(1);
        String info = matcher.group(2);
        if (!now.isOpen()) {
          now = new Fence(marker, info);
        } else if (marker.startsWith(now.marker) && info.isBlank()) {
          now = NONE;
        }
      }
      return now;
    }
  }
}
