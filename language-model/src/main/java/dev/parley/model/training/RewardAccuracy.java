package dev.parley.model.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How well scores agree with people's choices.
 *
 * @param pairs that were not learned from
 */
public record RewardAccuracy(List<Pair> pairs) {
  private static final double SIMILAR = 0.1;
  private static final int BINS = 10;

  /**
   * Scores of two answers, the preferred one first.
   *
   * @param better score of the preferred answer
   * @param worse of the other
   * @param betterLength tokens of the preferred answer
   * @param worseLength of the other
   */
  public record Pair(double better, double worse, int betterLength, int worseLength) {
    boolean right() {
      return better > worse;
    }

    /** Whether the lengths differ by at most a tenth of the longer one. */
    boolean lengthsMatch() {
      int longer = Math.max(betterLength, worseLength);
      return Math.abs(betterLength - worseLength) <= SIMILAR * longer;
    }

    /** How likely the scores say that the first is preferred. */
    double probability() {
      return 1 / (1 + Math.exp(worse - better));
    }
  }

  /**
   * Of pairs about which the scores are about as sure.
   *
   * @param said mean probability that the scores gave the answer they put first
   * @param seen how often that one was the preferred
   * @param pairs how many there are
   */
  public record Bin(double said, double seen, int pairs) {}

  /** Copies the list. */
  public RewardAccuracy {
    pairs = List.copyOf(pairs);
  }

  /**
   * By name: {@code accuracy}, {@code accuracy length-matched} where there are such pairs, {@code
   * longer wins} (what always taking the longer answer would reach), {@code lead} (mean difference
   * of the scores), {@code loss}.
   */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("accuracy", share(pairs, Pair::right));
    List<Pair> matched = pairs.stream().filter(Pair::lengthsMatch).toList();
    if (!matched.isEmpty()) {
      figures.put("accuracy length-matched", share(matched, Pair::right));
    }
    figures.put("longer wins", share(pairs, pair -> pair.betterLength > pair.worseLength));
    figures.put("lead", pairs.stream().mapToDouble(p -> p.better - p.worse).average().orElse(0));
    figures.put(
        "loss", pairs.stream().mapToDouble(p -> -Math.log(p.probability())).average().orElse(0));
    return figures;
  }

  /** From unsure (0.5) to sure (1); bins without pairs are left out. */
  public List<Bin> calibration() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      double from = 0.5 + 0.5 * i / BINS;
      double to = i == BINS - 1 ? Double.MAX_VALUE : 0.5 + 0.5 * (i + 1) / BINS;
      List<Pair> in =
          pairs.stream().filter(pair -> sureness(pair) >= from && sureness(pair) < to).toList();
      if (!in.isEmpty()) {
        double said = in.stream().mapToDouble(RewardAccuracy::sureness).average().orElseThrow();
        bins.add(new Bin(said, share(in, Pair::right), in.size()));
      }
    }
    return bins;
  }

  private static double sureness(Pair pair) {
    return Math.max(pair.probability(), 1 - pair.probability());
  }

  private static double share(List<Pair> of, Predicate<Pair> which) {
    return of.isEmpty() ? 0 : (double) of.stream().filter(which).count() / of.size();
  }
}
