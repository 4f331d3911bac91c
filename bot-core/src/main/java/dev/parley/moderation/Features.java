package dev.parley.moderation;

import dev.parley.model.text.Grams;
import dev.parley.model.text.SparseVector;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * What the classifier sees of a text: its words, what stands side by side, and sequences of
 * characters, each in one of so many buckets that few share one (Weinberger et al. 2009), and
 * figures of the {@link WordLists}.
 */
final class Features {
  /** For words, neighbours and sequences of characters. */
  private static final int BUCKETS = 1 << 18;

  /** Characters of a text whose neighbours are looked at, as {@link Grams} does. */
  private static final int MOST_CHARACTERS = 8_192;

  /** A Chinese character, a word, a number or a sign. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{IsHan}|[\\p{L}\\p{M}'’&&[^\\p{IsHan}]]+|\\p{N}+|[^\\s\\p{L}\\p{M}\\p{N}]");

  /** How much the figures count beside vectors of length 1. */
  private static final float FIGURE = 0.1f;

  private static final int PER_LIST = 3;
  private static final float LONG = 5;
  private static final float DENSE = 10;

  /** Before and after a text. */
  private static final String EDGE = "\n";

  private final WordLists lists;

  Features(WordLists lists) {
    this.lists = lists;
  }

  /** How long vectors are. */
  int size() {
    return han() + 1;
  }

  /** Where a vector has a 1 if there is anything Chinese in its text. */
  int han() {
    return BUCKETS + PER_LIST * lists.size() + 1;
  }

  SparseVector of(String text) {
    String normalized = Normalization.of(text);
    TreeMap<Integer, Float> values = new TreeMap<>();
    add(0, Grams.CHARACTERS.count(normalized), values);
    add(1, Grams.WORDS.count(normalized), values);
    add(2, neighbours(normalized), values);
    addFigures(normalized, values);
    int[] places = values.keySet().stream().mapToInt(Integer::intValue).toArray();
    float[] all = new float[places.length];
    int at = 0;
    for (float value : values.values()) {
      all[at++] = value;
    }
    return new SparseVector(places, all);
  }

  /** Adds a vector of length 1. */
  private static void add(int kind, Map<String, Integer> counts, Map<Integer, Float> values) {
    double square = 0;
    for (int count : counts.values()) {
      square += Math.pow(weight(count), 2);
    }
    float scale = (float) (1 / Math.sqrt(Math.max(square, 1e-9)));
    counts.forEach(
        (gram, count) -> values.merge(bucket(kind, gram), scale * weight(count), Float::sum));
  }

  /**
   * Two words side by side, or three Chinese characters, and what stands at the text's ends: "kill
   * you" is not "kill the process", and a word alone says less than a sentence with it.
   */
  private static Map<String, Integer> neighbours(String text) {
    List<String> tokens =
        Stream.of(
                Stream.of(EDGE),
                TOKEN
                    .matcher(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)))
                    .results()
                    .map(MatchResult::group),
                Stream.of(EDGE))
            .flatMap(part -> part)
            .toList();
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      String first = tokens.get(i);
      String second = tokens.get(i + 1);
      if (isHan(second) && i + 2 < tokens.size()) {
        counts.merge(first + second + tokens.get(i + 2), 1, Integer::sum);
      } else {
        counts.merge(first + " " + second, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static boolean isHan(String token) {
    return isHan(token.codePointAt(0));
  }

  private static boolean isHan(int character) {
    return UnicodeScript.of(character) == UnicodeScript.HAN;
  }

  /** The more often, but less and less so. */
  private static float weight(int count) {
    return 1 + (float) Math.log(count);
  }

  private static int bucket(int kind, String gram) {
    CRC32 hash = new CRC32();
    hash.update(kind);
    hash.update(gram.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % BUCKETS);
  }

  private void addFigures(String text, Map<Integer, Float> values) {
    int at = BUCKETS;
    float words = 1 + text.split("\\s+", -1).length;
    for (int list = 0; list < lists.size(); list++) {
      long count = lists.count(list, text);
      if (count > 0) {
        values.put(at, FIGURE * (float) Math.log1p((double) count));
        values.put(at + 1, FIGURE * Math.min(1, DENSE * count / words));
        values.put(at + 2, FIGURE);
      }
      at += PER_LIST;
    }
    values.put(at, FIGURE * (float) Math.log1p(text.length()) / LONG);
    if (text.codePoints().anyMatch(Features::isHan)) {
      values.put(han(), 1f); // what is usual in a language is no figure of what is said
    }
  }
}
