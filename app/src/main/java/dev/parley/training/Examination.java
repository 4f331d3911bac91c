package dev.parley.training;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How well rows are known that were not learned from.
 *
 * @param step after which one, 0 before the first
 * @param figures by name
 */
record Examination(int step, SortedMap<String, Double> figures) {
  Examination(int step, Map<String, Double> figures) {
    this(step, Collections.unmodifiableSortedMap(new TreeMap<>(figures)));
  }

  /** In one line, such as {@code loss 1.2345, perplexity 3.4367}. */
  String sentence() {
    return figures.entrySet().stream()
        .map(each -> "%s %.4f".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The figures of two examinations side by side. */
  static String table(Examination before, Examination after) {
    StringBuilder text =
        new StringBuilder("%-28s %10s %10s%n".formatted("held out", "before", "after"));
    before
        .figures()
        .forEach(
            (name, value) ->
                text.append(
                    "%-28s %10.4f %10.4f%n"
                        .formatted(name, value, after.figures().getOrDefault(name, Double.NaN))));
    return text.toString();
  }
}
