package dev.parley.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a version did beside the model it was trained from, on what it did not learn from.
 *
 * @param judge how often the judge is right about pairs that it did not learn from; empty where
 *     there is no judge
 * @param wins answers that the judge prefers to the other model's
 * @param losses where it prefers the other's
 * @param questions that have a right answer, and are always asked
 * @param right the other model's and the version's right answers
 * @param perplexity of good answers that neither learned from; empty where there are none
 * @param length mean length of answers, in tokens
 */
record GateReport(
    Optional<Double> judge,
    int wins,
    int losses,
    int questions,
    Sides right,
    Optional<Sides> perplexity,
    Sides length) {
  /** So many right answers may be lost: one may be chance. */
  private static final int MOST_FORGOTTEN = 1;

  /** Preferences make a model surer of what people like and less sure of the rest. */
  private static final double MOST_PERPLEXITY = 1.1;

  /** Reward models like long answers, and a model that learned that talks on and on. */
  private static final double MOST_LENGTH = 2;

  /** The model that was trained further, and what came of it. */
  record Sides(double before, double after) {
    double ratio() {
      return before == 0 ? after == 0 ? 1 : Double.POSITIVE_INFINITY : after / before;
    }
  }

  /** Whether it may be tried. */
  boolean passed() {
    return faults().isEmpty();
  }

  /** What it failed by, in sentences for the operator. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (wins < losses) {
      faults.add(
          "The judge prefers the answers of before (%d of %d).".formatted(losses, decided()));
    }
    if (right.after() < right.before() - MOST_FORGOTTEN) {
      faults.add(
          "It knows fewer of the %d fixed questions (%.0f before, %.0f after)."
              .formatted(questions, right.before(), right.after()));
    }
    if (perplexity.isPresent() && !(perplexity.get().ratio() <= MOST_PERPLEXITY)) {
      faults.add(
          "Good answers surprise it more (perplexity %.2f before, %.2f after)."
              .formatted(perplexity.get().before(), perplexity.get().after()));
    }
    if (length.ratio() > MOST_LENGTH || length.ratio() < 1 / MOST_LENGTH) {
      faults.add(
          "Its answers are of another length (%.0f tokens before, %.0f after)."
              .formatted(length.before(), length.after()));
    }
    return faults;
  }

  private int decided() {
    return wins + losses;
  }

  /** For the store: a JSON object. */
  String json() {
    ObjectNode all = new ObjectMapper().createObjectNode();
    judge.ifPresent(accuracy -> all.put("judge accuracy", rounded(accuracy)));
    all.put("preferred", wins).put("not preferred", losses);
    all.put("right before", right.before()).put("right after", right.after()).put("of", questions);
    perplexity.ifPresent(
        both ->
            all.put("perplexity before", rounded(both.before()))
                .put("perplexity after", rounded(both.after())));
    all.put("length before", rounded(length.before())).put("length after", rounded(length.after()));
    if (!passed()) {
      faults().forEach(all.putArray("faults")::add);
    }
    return all.toString();
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }

  /** For people. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append("%-36s %10s %10s%n".formatted("examination", "before", "after"));
    text.append(
        "%-36s %10d %10d%n"
            .formatted(
                judge
                    .map(sure -> "preferred by a judge (right: %.0f %%)".formatted(sure * 100))
                    .orElse("preferred by a judge (none)"),
                losses,
                wins));
    line(text, "right of %d fixed questions".formatted(questions), right, "%10.0f");
    perplexity.ifPresent(both -> line(text, "perplexity of good answers", both, "%10.2f"));
    line(text, "mean length of answers", length, "%10.1f");
    text.append(passed() ? "It passed." : "It did not pass. " + String.join(" ", faults()));
    return text.append(System.lineSeparator()).toString();
  }

  private static void line(StringBuilder text, String name, Sides sides, String format) {
    text.append(
        ("%-36s " + format + " " + format + "%n").formatted(name, sides.before(), sides.after()));
  }
}
