package dev.parley.moderation;

import com.ibm.icu.text.BreakIterator;
import java.util.Locale;

/** Where a text may be cut so that no word is: a part of one may be another, and a bad one. */
public final class WordBreaks {
  /** Characters after a place that tell whether it is amid a word. */
  private static final int AHEAD = 50;

  private WordBreaks() {}

  /**
   * The last place up to {@code most} that is amid no word (UAX 29, Chinese by a dictionary), or
   * {@code most} where a single word comes before it.
   */
  public static int upTo(String text, int most) {
    if (most >= text.length()) {
      return text.length();
    }
    BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
    words.setText(text.substring(0, Math.min(text.length(), most + AHEAD)));
    int place = words.isBoundary(most) ? most : words.preceding(most);
    return place > 0 ? place : most;
  }
}
