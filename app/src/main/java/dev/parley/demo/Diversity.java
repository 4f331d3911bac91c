package dev.parley.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How much texts differ (Li et al. 2016, "distinct-2"). */
final class Diversity {
  private Diversity() {}

  /** Different pairs of neighbouring words for each pair: 1 where none comes twice. */
  static double distinct2(List<List<String>> texts) {
    Set<List<String>> different = new HashSet<>();
    long all = 0;
    for (List<String> words : texts) {
      for (int i = 1; i < words.size(); i++) {
        different.add(List.of(words.get(i - 1), words.get(i)));
        all++;
      }
    }
    return all == 0 ? 0 : (double) different.size() / all;
  }
}
