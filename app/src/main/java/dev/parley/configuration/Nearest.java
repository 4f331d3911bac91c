package dev.parley.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.NoSuchElementException;

/** Finds the word that somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /**
   * The word with the fewest changed, added or dropped letters (Levenshtein 1966). Case, hyphens
   * and underscores do not count, and neither does the part before the last dot where none was
   * typed.
   */
  static String to(String typed, Collection<String> words) {
    String letters = letters(typed);
    return words.stream()
        .min(
            Comparator.comparingInt(
                word ->
                    Math.min(
                        distance(letters, letters(word)),
                        typed.contains(".") ? Integer.MAX_VALUE : lastPart(letters, word))))
        .orElseThrow(() -> new NoSuchElementException("no words to choose from"));
  }

  private static int lastPart(String letters, String word) {
    // one more than a whole word of the same distance, which is the likelier one
    return distance(letters, letters(word.substring(word.lastIndexOf('.') + 1))) + 1;
  }

  private static String letters(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
