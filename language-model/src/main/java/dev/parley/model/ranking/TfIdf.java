package dev.parley.model.ranking;

import dev.parley.model.text.Grams;
import dev.parley.model.text.SparseVector;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts as vectors of length 1 of what they contain, the rarer the more (Salton and Buckley 1988):
 * {@code (1 + ln count) · (1 + ln((1 + n) / (1 + df)))}. Immutable.
 */
final class TfIdf {
  private final Grams grams;
  private final List<String> vocabulary;
  private final float[] idf;
  private final Map<String, Integer> places;

  /** Takes a vocabulary without repetition, and as many weights. */
  TfIdf(Grams grams, List<String> vocabulary, float[] idf) {
    this.grams = grams;
    this.vocabulary = List.copyOf(vocabulary);
    this.idf = idf;
    this.places = HashMap.newHashMap(vocabulary.size());
    for (int i = 0; i < idf.length; i++) {
      places.put(vocabulary.get(i), i);
    }
  }

  /**
   * Takes the vocabulary of some texts.
   *
   * @param fewest texts that something is in
   * @param most of what is in the most texts
   */
  static TfIdf of(Grams grams, Collection<String> texts, int fewest, int most) {
    Map<String, Integer> found = new HashMap<>();
    for (String text : texts) {
      grams.count(text).keySet().forEach(gram -> found.merge(gram, 1, Integer::sum));
    }
    List<Map.Entry<String, Integer>> kept =
        found.entrySet().stream()
            .filter(each -> each.getValue() >= fewest)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .toList();
    float[] idf = new float[kept.size()];
    for (int i = 0; i < idf.length; i++) {
      idf[i] = (float) (Math.log((1.0 + texts.size()) / (1.0 + kept.get(i).getValue())) + 1);
    }
    return new TfIdf(grams, kept.stream().map(Map.Entry::getKey).toList(), idf);
  }

  Grams grams() {
    return grams;
  }

  List<String> vocabulary() {
    return vocabulary;
  }

  float[] idf() {
    return idf.clone();
  }

  int size() {
    return idf.length;
  }

  /** How often what is known is in a text. */
  SparseVector count(String text) {
    Map<Integer, Integer> known = new HashMap<>();
    grams
        .count(text)
        .forEach(
            (gram, count) -> {
              Integer place = places.get(gram);
              if (place != null) {
                known.put(place, count);
              }
            });
    int[] rising = known.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    float[] counts = new float[rising.length];
    for (int i = 0; i < rising.length; i++) {
      counts[i] = known.getOrDefault(rising[i], 0);
    }
    return new SparseVector(rising, counts);
  }

  /** The vector of a text. */
  SparseVector vector(SparseVector counts) {
    int[] rising = IntStream.range(0, counts.size()).map(counts::place).toArray();
    float[] weights = new float[rising.length];
    for (int i = 0; i < rising.length; i++) {
      weights[i] = weight(rising[i], counts.value(i));
    }
    Vectors.normalise(weights);
    return new SparseVector(rising, weights);
  }

  /** The vector of several texts as one, with all its zeros. */
  float[] whole(List<SparseVector> counts) {
    float[] weights = new float[size()];
    BitSet found = new BitSet(size());
    for (SparseVector each : counts) {
      each.addTo(weights, 1);
      each.markIn(found);
    }
    int[] places = found.stream().toArray(); // few of very many
    float squares = 0;
    for (int place : places) {
      weights[place] = weight(place, weights[place]);
      squares += weights[place] * weights[place];
    }
    float factor = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
    for (int place : places) {
      weights[place] *= factor;
    }
    return weights;
  }

  private float weight(int place, float count) {
    return (float) (1 + Math.log(count)) * idf[place];
  }
}
