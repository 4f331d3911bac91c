package dev.parley.moderation;

import dev.parley.model.text.Grams;
import dev.parley.model.text.SparseVector;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * What the classifier sees of a text: its words and sequences of characters, each in one of so many
 * buckets that few share one (Weinberger et al. 2009), and figures of the {@link WordLists}.
 */
final class Features {
  /** For words and sequences of characters. */
  private static final int BUCKETS = 1 << 17;

  /** How much the figures count beside vectors of length 1. */
  private static final float FIGURE = 0.1f;

  private static final int PER_LIST = 3;
  private static final float LONG = 5;
  private static final float DENSE = 10;

  private final WordLists lists;

  Features(WordLists lists) {
    this.lists = lists;
  }

  /** How long vectors are. */
  int size() {
    return BUCKETS + PER_LIST * lists.size() + 2;
  }

  SparseVector of(String text) {
    String normalized = Normalization.of(text);
    TreeMap<Integer, Float> values = new TreeMap<>();
    for (Grams kind : Grams.values()) {
      Map<String, Integer> counts = kind.count(normalized);
      double square = 0;
      for (int count : counts.values()) {
        square += Math.pow(weight(count), 2);
      }
      float scale = (float) (1 / Math.sqrt(Math.max(square, 1e-9)));
      counts.forEach(
          (gram, count) -> values.merge(bucket(kind, gram), scale * weight(count), Float::sum));
    }
    addFigures(normalized, values);
    int[] places = values.keySet().stream().mapToInt(Integer::intValue).toArray();
    float[] all = new float[places.length];
    int at = 0;
    for (float value : values.values()) {
      all[at++] = value;
    }
    return new SparseVector(places, all);
  }

  /** The more often, but less and less so. */
  private static float weight(int count) {
    return 1 + (float) Math.log(count);
  }

  private static int bucket(Grams kind, String gram) {
    CRC32 hash = new CRC32();
    hash.update(kind == Grams.CHARACTERS ? 0 : 1);
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
    boolean han = text.codePoints().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.HAN);
    if (han) {
      values.put(at + 1, 1f); // what is usual in a language is no figure of what is said
    }
  }
}
