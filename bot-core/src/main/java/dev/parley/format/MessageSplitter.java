package dev.parley.format;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Splits a text into messages of a limited length: at paragraphs, else lines, sentences, words, or
 * between characters as people see them. A style that is cut goes on in the next part. Text that
 * only grows keeps its earlier parts. Immutable.
 */
public final class MessageSplitter {
  private static final int LEAST_LIMIT = 50;

  private final int limit;
  private final ToIntFunction<FormattedText> length;

  /**
   * Makes a splitter that counts what people read.
   *
   * @param limit most UTF-16 units of a part, at least 50
   */
  public MessageSplitter(int limit) {
    this(limit, part -> part.text().length());
  }

  /**
   * Makes a splitter.
   *
   * @param limit the greatest length of a part, at least 50
   * @param length what a part is long as a platform counts it, at least its text
   */
  public MessageSplitter(int limit, ToIntFunction<FormattedText> length) {
    if (limit < LEAST_LIMIT) {
      throw new IllegalArgumentException(
          "the limit must be at least " + LEAST_LIMIT + ", not " + limit);
    }
    this.limit = limit;
    this.length = length;
  }

  /** The parts in order, none empty; no parts where there is no text. */
  public List<FormattedText> split(FormattedText whole) {
    List<FormattedText> parts = new ArrayList<>();
    FormattedText rest = whole.stripped();
    while (rest.text().length() > limit || length.applyAsInt(rest) > limit) {
      int cut = fittingCut(rest);
      parts.add(rest.slice(0, cut).stripped());
      rest = rest.slice(cut, rest.text().length()).stripped();
    }
    if (!rest.isEmpty()) {
      parts.add(rest);
    }
    return parts;
  }

  /** Where to cut so that what is before fits; marks that nothing fits into are cut one by one. */
  private int fittingCut(FormattedText rest) {
    int most = Math.min(limit, rest.text().length() - 1);
    while (true) {
      int cut = cut(rest.text(), most);
      int over = length.applyAsInt(rest.slice(0, cut).stripped()) - limit;
      if (over <= 0 || cut <= 1) {
        return Math.max(1, cut);
      }
      most = Math.max(1, Math.min(cut - 1, cut - Math.min(over, cut / 2)));
    }
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

  /**
   * The last boundary at or before an offset. Looks no further than at the character behind it:
   * what is written later must not change where a sentence ends.
   */
  private static int preceding(BreakIterator breaks, String text, int most) {
    breaks.setText(text.substring(0, text.offsetByCodePoints(most, 1)));
    return Math.max(0, breaks.preceding(most + 1));
  }

  /** For one character of a thousand marks: anywhere but within a surrogate pair. */
  private static int surrogateSafe(String text, int most) {
    return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
  }
}
