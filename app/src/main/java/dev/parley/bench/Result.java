package dev.parley.bench;

import java.util.List;

/**
 * What a measure found.
 *
 * @param measure its name
 * @param leftOut what could not be measured, and why, a clause each
 */
public record Result(String measure, List<Figure> figures, List<String> leftOut) {
  public Result {
    figures = List.copyOf(figures);
    leftOut = List.copyOf(leftOut);
  }
}
