package dev.parley.moderation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text wherever a sentence may end. A sentence in Unicode's sense goes on before a small
 * letter (UAX 29), which would hide one behind another.
 */
public final class Sentences {
  /** A row of signs is looked at from its first one alone, however long it is. */
  private static final Pattern END = Pattern.compile("(?<![.!?])[.!?]++\\s+|[。！？…]+|\\n+");

  private Sentences() {}

  /**
   * All of them with the blanks after them; of a text that still grows the last may not be whole.
   */
  public static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    Matcher end = END.matcher(text);
    while (end.find()) {
      sentences.add(text.substring(start, end.end()));
      start = end.end();
    }
    if (start < text.length()) {
      sentences.add(text.substring(start));
    }
    return sentences;
  }
}
