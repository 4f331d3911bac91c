package dev.parley.demo;

import dev.parley.learning.WilsonInterval;
import java.util.List;

/**
 * How a network writes, by many of its texts.
 *
 * @param positive share that the judge finds positive
 * @param interval where that share lies
 * @param reward mean of a text
 * @param divergence nats by which a text leaves the model of the beginning
 * @param distinct2 different pairs of words for each pair
 * @param examples some texts
 */
public record Writing(
    double positive,
    WilsonInterval interval,
    double reward,
    double divergence,
    double distinct2,
    List<String> examples) {
  public Writing {
    examples = List.copyOf(examples);
  }

  /** Two ways to write side by side, the examples from the same beginnings. */
  static String table(Writing before, Writing after) {
    Table figures =
        new Table("", "before", "after")
            .row("found positive by the judge", before.share(), after.share())
            .row("reward of a text", number(before.reward), number(after.reward))
            .row("KL of a text, nats", number(before.divergence), number(after.divergence))
            .row("distinct-2", number(before.distinct2), number(after.distinct2));
    StringBuilder text = new StringBuilder(figures.toString());
    for (int i = 0; i < before.examples.size(); i++) {
      text.append(
          "before  %s%nafter   %s%n".formatted(before.examples.get(i), after.examples.get(i)));
    }
    return text.toString();
  }

  private String share() {
    return "%.3f (%.3f to %.3f)".formatted(positive, interval.low(), interval.high());
  }

  private static String number(double value) {
    return "%.2f".formatted(value);
  }
}
