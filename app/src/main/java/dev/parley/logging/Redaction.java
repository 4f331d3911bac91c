package dev.parley.logging;

import dev.parley.configuration.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes secrets out of texts, as they are and as addresses spell them. Immutable. */
final class Redaction {
  /**
   * Servers without keys are given words such as "none" or "x": hiding these would hide the log.
   */
  private static final int SHORTEST = 6;

  private static final String HIDDEN = "(hidden)";

  private final List<String> spellings;

  Redaction(List<Secret> secrets) {
    spellings =
        secrets.stream()
            .map(Secret::value)
            .filter(value -> value.length() >= SHORTEST)
            .flatMap(value -> Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8)))
            .distinct()
            // of two secrets, one may begin like the other
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text without the secrets. */
  String apply(String text) {
    String without = text;
    for (String spelling : spellings) {
      without = without.replace(spelling, HIDDEN);
    }
    return without;
  }
}
