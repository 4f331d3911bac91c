package dev.parley.conversation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a search.
 *
 * @param indexed words long enough for the index
 * @param scanned words that are shorter, such as most Chinese ones
 */
record SearchWords(List<String> indexed, List<String> scanned) {
  /** Code points of what the index holds. */
  private static final int INDEXED_LENGTH = 3;

  /** UTF-16 units that are read of a search, and words: nobody types more to find something. */
  private static final int MOST_TYPED = 500;

  private static final int MOST_WORDS = 20;

  /** UTF-16 units shown before the first word found, and in all. */
  private static final int EXCERPT_BEFORE = 30;

  private static final int EXCERPT_LENGTH = 120;

  static SearchWords of(String typed) {
    String read = typed.substring(0, Math.min(typed.length(), MOST_TYPED));
    Map<Boolean, List<String>> words =
        Arrays.stream(read.split("[\\s\\p{Z}\\p{Cntrl}]+"))
            .filter(word -> !word.isEmpty())
            .limit(MOST_WORDS)
            .collect(
                Collectors.partitioningBy(
                    word -> word.codePointCount(0, word.length()) >= INDEXED_LENGTH));
    return new SearchWords(
        words.getOrDefault(true, List.of()), words.getOrDefault(false, List.of()));
  }

  boolean isEmpty() {
    return indexed.isEmpty() && scanned.isEmpty();
  }

  /** The part of a text around the first of the words, on one line. */
  String excerpt(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int found =
        Stream.concat(indexed.stream(), scanned.stream())
            .mapToInt(word -> lower.indexOf(word.toLowerCase(Locale.ROOT)))
            .filter(position -> position >= 0)
            .min()
            .orElse(0);
    int begin = character(text, Math.clamp(found - EXCERPT_BEFORE, 0, text.length()));
    int end = character(text, Math.min(begin + EXCERPT_LENGTH, text.length()));
    return (begin > 0 ? "…" : "")
        + text.substring(begin, end).replaceAll("\\s+", " ").strip()
        + (end < text.length() ? "…" : "");
  }

  /** The beginning of the character that an index of a UTF-16 unit is in. */
  private static int character(String text, int index) {
    boolean inside =
        index > 0
            && index < text.length()
            && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    return inside ? index - 1 : index;
  }
}
