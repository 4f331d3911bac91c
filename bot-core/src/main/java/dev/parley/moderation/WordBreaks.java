package dev.parley.moderation;

import com.ibm.icu.text.BreakIterator;
import java.util.Locale;

/** Where a text may be cut so that no word is: a part of one may be another, and a bad one. */
public final class WordBreaks {
  /** Characters around a place that tell whether it is amid a word. */
  private static final int AROUND = 100;

  private WordBreaks() {}

  /**
   * The last place up to {@code most} that is amid no word (UAX 29, Chinese by a dictionary); amid
   * one where it is longer than {@value #AROUND} characters, but never amid a character.
   */
  public static int upTo(String text, int most) {
    if (most >= text.length()) {
      return text.length();
    }
    int start = Math.max(0, most - AROUND);
    BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
    words.setText(text.substring(start, Math.min(text.length(), most + AROUND)));
    int place = words.isBoundary(most - start) ? most : start + words.preceding(most - start);
    if (place > start) {
      return place;
    }
    return most > 1 && Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most))
        ? most - 1
        : most;
  }
}
