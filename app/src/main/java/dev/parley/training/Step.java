package dev.parley.training;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured in a step of a run.
 *
 * @param number from 1
 * @param figures by name
 */
record Step(int number, SortedMap<String, Double> figures) {
  static final String SECONDS = "seconds";
  static final String TOKENS = "tokens";

  Step(int number, Map<String, Double> figures) {
    this(number, Collections.unmodifiableSortedMap(new TreeMap<>(figures)));
  }

  /** Not a number where it was not measured. */
  double figure(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }
}
