package dev.parley.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whole words as tokens. Immutable. */
final class WordVocabulary {
  static final int START = 0;
  static final int END = 1;

  /** A word that was seen too seldom. */
  static final int UNKNOWN = 2;

  private final List<String> words;
  private final Map<String, Integer> ids = new HashMap<>();

  private WordVocabulary(List<String> words) {
    this.words = List.copyOf(words);
    for (int i = 0; i < words.size(); i++) {
      ids.put(words.get(i), i);
    }
  }

  /**
   * Counts words.
   *
   * @param least how often one must be seen
   */
  static WordVocabulary of(List<List<String>> sentences, int least) {
    Map<String, Integer> counts = new TreeMap<>();
    sentences.forEach(words -> words.forEach(word -> counts.merge(word, 1, Integer::sum)));
    List<String> words = new ArrayList<>(List.of("<s>", "</s>", "<unk>"));
    counts.forEach(
        (word, count) -> {
          if (count >= least) {
            words.add(word);
          }
        });
    return new WordVocabulary(words);
  }

  int size() {
    return words.size();
  }

  /** The start token and the words. */
  int[] prompt(List<String> sentence) {
    int[] tokens = new int[sentence.size() + 1];
    tokens[0] = START;
    for (int i = 0; i < sentence.size(); i++) {
      tokens[i + 1] = ids.getOrDefault(sentence.get(i), UNKNOWN);
    }
    return tokens;
  }

  /** The same with the end token. */
  int[] whole(List<String> sentence) {
    int[] tokens = Arrays.copyOf(prompt(sentence), sentence.size() + 2);
    tokens[tokens.length - 1] = END;
    return tokens;
  }

  boolean knows(List<String> sentence) {
    return ids.keySet().containsAll(sentence);
  }

  /** The words among tokens. */
  List<String> words(int[] tokens) {
    return Arrays.stream(tokens)
        .filter(id -> id != START && id != END)
        .mapToObj(words::get)
        .collect(Collectors.toList());
  }
}
