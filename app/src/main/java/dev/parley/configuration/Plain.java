package dev.parley.configuration;

import java.util.regex.Pattern;

/**
 * What operators wrote, for a terminal: it may neither steer one nor turn what stands beside it.
 */
final class Plain {
  /**
   * Controls, what is written from right to left by command, line ends, and halves of characters.
   */
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cf}&&[^\u200c\u200d]]");

  private Plain() {}

  /**
   * On one line, with such characters as Java writes them in a source: {@code \n}, {@code \u001b}.
   */
  static String of(String text) {
    return STEERING
        .matcher(text)
        .replaceAll(found -> "\\\\" + escape(found.group().codePointAt(0)));
  }

  private static String escape(int character) {
    return switch (character) {
      case '\n' -> "n";
      case '\r' -> "r";
      case '\t' -> "t";
      default -> "u%04x".formatted(character);
    };
  }
}
