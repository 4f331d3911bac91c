package dev.parley.model.text;

import java.lang.Character.UnicodeBlock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a text is counted by, in lower case. One rule for every language. */
public enum Grams {
  /**
   * Characters of Chinese and Japanese by one and two, other words by two to five characters, their
   * edges as spaces. Signs beside a word are no part of it, but for apostrophes.
   */
  CHARACTERS {
    @Override
    void forEach(int[] text, int start, int end, boolean ideographs, Consumer<String> gram) {
      if (ideographs) {
        singlesAndPairs(text, start, end, gram);
        return;
      }
      int at = start;
      while (at < end) {
        int next = at + 1;
        while (next < end && sign(text[next]) == sign(text[at])) {
          next++;
        }
        ofWord(text, at, next, gram);
        at = next;
      }
    }

    private void ofWord(int[] text, int start, int end, Consumer<String> gram) {
      int[] word = new int[end - start + 2];
      word[0] = ' ';
      word[word.length - 1] = ' ';
      System.arraycopy(text, start, word, 1, end - start);
      for (int size = 2; size <= Math.min(LONGEST, word.length); size++) {
        for (int at = 0; at + size <= word.length; at++) {
          gram.accept(new String(word, at, size));
        }
      }
    }
  },

  /** Words, numbers and signs; characters of Chinese and Japanese by one and two. */
  WORDS {
    @Override
    void forEach(int[] text, int start, int end, boolean ideographs, Consumer<String> gram) {
      if (ideographs) {
        singlesAndPairs(text, start, end, gram);
        return;
      }
      int at = start;
      while (at < end) {
        int next = at + 1;
        while (next < end && sameWord(text[at], text[next])) {
          next++;
        }
        gram.accept(new String(text, at, next - at));
        at = next;
      }
    }
  };

  /** Longest sequence of characters within a word. */
  private static final int LONGEST = 5;

  /** Characters of a text that are looked at: longer ones say no more about what fits. */
  private static final int MOST_CHARACTERS = 8_192;

  private static final Set<UnicodeBlock> IDEOGRAPHS =
      Set.of(
          UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
          UnicodeBlock.HIRAGANA,
          UnicodeBlock.KATAKANA,
          UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);

  /** Takes a run of characters of one kind, without white space. */
  abstract void forEach(int[] text, int start, int end, boolean ideographs, Consumer<String> gram);

  /** How often each of them is in a text. */
  public Map<String, Integer> count(String text) {
    int[] characters = text.codePoints().limit(MOST_CHARACTERS).map(Grams::written).toArray();
    int[] lower =
        new String(characters, 0, characters.length)
            .toLowerCase(Locale.ROOT)
            .codePoints()
            .toArray();
    Map<String, Integer> counts = new LinkedHashMap<>();
    int at = 0;
    while (at < lower.length) {
      int next = at + 1;
      if (!Character.isWhitespace(lower[at])) {
        boolean kind = ideograph(lower[at]);
        while (next < lower.length
            && !Character.isWhitespace(lower[next])
            && ideograph(lower[next]) == kind) {
          next++;
        }
        forEach(lower, at, next, kind, gram -> counts.merge(gram, 1, Integer::sum));
      }
      at = next;
    }
    return Collections.unmodifiableMap(counts);
  }

  /** Half a character cannot be written to a file. */
  private static int written(int character) {
    return Character.getType(character) == Character.SURROGATE ? 0xFFFD : character;
  }

  private static boolean ideograph(int character) {
    return Character.isIdeographic(character) || IDEOGRAPHS.contains(UnicodeBlock.of(character));
  }

  private static boolean sameWord(int first, int other) {
    if (Character.isDigit(first)) {
      return Character.isDigit(other);
    }
    return Character.isLetter(first) && (Character.isLetter(other) || mark(other));
  }

  private static boolean sign(int character) {
    return !Character.isLetterOrDigit(character)
        && !mark(character)
        && character != '\''
        && character != '’';
  }

  private static boolean mark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static void singlesAndPairs(int[] text, int start, int end, Consumer<String> gram) {
    for (int at = start; at < end; at++) {
      gram.accept(new String(text, at, 1));
      if (at + 1 < end) {
        gram.accept(new String(text, at, 2));
      }
    }
  }
}
