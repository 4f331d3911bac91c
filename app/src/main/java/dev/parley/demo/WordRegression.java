package dev.parley.demo;

import dev.parley.demo.PolarityCorpus.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Says how positive a sentence is: logistic regression on its words, in no order. It knows no word
 * that it did not learn from. Confined to one thread while it learns, then immutable.
 */
final class WordRegression {
  private static final int EPOCHS = 60;
  private static final double FIRST_RATE = 0.5;
  private static final double LAST_RATE = 0.01;

  private final Map<String, Double> known;
  private final Map<String, Double> weights = new HashMap<>();
  private double bias;

  private WordRegression(Map<String, Double> known) {
    this.known = known;
  }

  /** Every word counts alike. */
  static WordRegression ofCounts(List<Sentence> sentences, double penalty, long seed) {
    Map<String, Double> alike = new HashMap<>();
    counts(sentences).keySet().forEach(word -> alike.put(word, 1.0));
    return new WordRegression(alike).learn(sentences, penalty, seed);
  }

  /** Rare words count more (tf-idf). */
  static WordRegression ofRarity(List<Sentence> sentences, double penalty, long seed) {
    Map<String, Double> rarity = new HashMap<>();
    counts(sentences)
        .forEach(
            (word, count) ->
                rarity.put(word, Math.log((1.0 + sentences.size()) / (1 + count)) + 1));
    return new WordRegression(rarity).learn(sentences, penalty, seed);
  }

  /** In how many sentences each word is. */
  private static Map<String, Integer> counts(List<Sentence> sentences) {
    Map<String, Integer> counts = new HashMap<>();
    for (Sentence sentence : sentences) {
      Set<String> words = new HashSet<>(sentence.words());
      words.forEach(word -> counts.merge(word, 1, Integer::sum));
    }
    return counts;
  }

  /**
   * Descends along the gradient of one sentence after the other.
   *
   * @param penalty of the weights' squares, beside the sum of losses
   */
  private WordRegression learn(List<Sentence> sentences, double penalty, long seed) {
    List<Sentence> order = new ArrayList<>(sentences);
    Random random = new Random(seed);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double rate = FIRST_RATE * Math.pow(LAST_RATE / FIRST_RATE, (double) epoch / EPOCHS);
      Collections.shuffle(order, random);
      order.forEach(sentence -> step(sentence, rate));
      double kept = Math.exp(-rate * penalty);
      weights.replaceAll((word, weight) -> weight * kept);
    }
    return this;
  }

  private void step(Sentence sentence, double rate) {
    Map<String, Double> features = features(sentence.words());
    double expected = 1 / (1 + Math.exp(-logOdds(features)));
    double change = rate * ((sentence.positive() ? 1 : 0) - expected);
    features.forEach((word, value) -> weights.merge(word, change * value, Double::sum));
    bias += change;
  }

  /** Together of length 1. */
  private Map<String, Double> features(List<String> words) {
    Map<String, Double> features = new HashMap<>();
    for (String word : words) {
      Double value = known.get(word);
      if (value != null) {
        features.merge(word, value, Double::sum);
      }
    }
    double length = Math.sqrt(features.values().stream().mapToDouble(each -> each * each).sum());
    features.replaceAll((word, value) -> value / length);
    return features;
  }

  private double logOdds(Map<String, Double> features) {
    double sum = bias;
    for (Map.Entry<String, Double> each : features.entrySet()) {
      sum += each.getValue() * weights.getOrDefault(each.getKey(), 0.0);
    }
    return sum;
  }

  /** Logarithm of the odds that these words are positive. */
  double logOdds(List<String> words) {
    return logOdds(features(words));
  }

  /** The share that is found positive. */
  double positive(List<List<String>> texts) {
    return (double) texts.stream().filter(words -> logOdds(words) > 0).count() / texts.size();
  }

  /** The share of sentences whose sign is found. */
  double accuracy(List<Sentence> sentences) {
    return (double)
            sentences.stream().filter(each -> logOdds(each.words()) > 0 == each.positive()).count()
        / sentences.size();
  }
}
