package dev.parley.chat;

import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What a person tells an admin who looks for a failure in the log. */
final class ErrorCase {
  /** Without those that look like others. */
  private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  private static final int LENGTH = 4;

  private ErrorCase() {}

  static String next() {
    return RandomGenerator.getDefault()
        .ints(LENGTH, 0, LETTERS.length())
        .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
        .collect(Collectors.joining());
  }
}
