package dev.parley.moderation;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words that a place wants or does not want, whatever else is said. Immutable. */
final class PlaceWords {
  /** Of writing that puts spaces between words: there a word is no part of another one. */
  private static final String LETTER = "[\\p{L}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]";

  private PlaceWords() {}

  /** Whether one of the words is in a text. */
  static boolean contains(Set<String> words, String normalized) {
    return !words.isEmpty() && pattern(words).matcher(normalized).find();
  }

  /** The text without the words. */
  static String without(Set<String> words, String normalized) {
    return words.isEmpty() ? normalized : pattern(words).matcher(normalized).replaceAll(" ");
  }

  private static Pattern pattern(Set<String> words) {
    return Pattern.compile(words.stream().map(PlaceWords::alone).collect(Collectors.joining("|")));
  }

  private static String alone(String word) {
    String normalized = Normalization.of(word);
    String quoted = Pattern.quote(normalized);
    boolean begins = normalized.substring(0, Math.min(1, normalized.length())).matches(LETTER);
    boolean ends = normalized.substring(Math.max(0, normalized.length() - 1)).matches(LETTER);
    return (begins ? "(?<!" + LETTER + ")" : "") + quoted + (ends ? "(?!" + LETTER + ")" : "");
  }
}
