package dev.parley.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that was found.
 *
 * @param model its name
 * @param runsOn for people, such as {@code CPU, 2 threads, fp16}
 * @param slots answers at once
 * @param context tokens of each
 * @param rounds that the medians are over
 */
public record Report(
    String model, String runsOn, int slots, int context, int rounds, List<Result> results) {
  /** About 230 English words a minute, at three quarters of a word for each token. */
  private static final double READING_SPEED = 5;

  /** How many people there are for each answer that is being written. */
  private static final int PEOPLE_FOR_EACH_ANSWER = 10;

  public Report {
    results = List.copyOf(results);
  }

  /** For how many people this is enough, as one sentence; empty where decoding was not measured. */
  public Optional<String> verdict() {
    List<Figure> decode = figures(Decode.NAME);
    if (decode.isEmpty()) {
      return Optional.empty();
    }
    Predicate<Figure> readable = figure -> figure.value() / figure.people() >= READING_SPEED;
    Optional<Figure> most =
        decode.stream().filter(readable).max(Comparator.comparingInt(Figure::people));
    if (most.isEmpty()) {
      return Optional.of(
          "Even one answer is written more slowly than people read (5 tokens a second, about 230"
              + " English words a minute).");
    }
    int streams = most.get().people();
    boolean more = decode.stream().allMatch(readable);
    return Optional.of(
        ("At reading speed (5 tokens a second each, about 230 English words a minute) this machine"
                + " writes %s%d %s at once: enough for some %d people, if each has an answer being"
                + " written a tenth of the time, and reads and thinks the rest.")
            .formatted(
                more ? "at least " : "",
                streams,
                streams == 1 ? "answer" : "answers",
                streams * PEOPLE_FOR_EACH_ANSWER));
  }

  /** The figures of a measure; none where it was not run. */
  List<Figure> figures(String measure) {
    return results.stream()
        .filter(result -> result.measure().equals(measure))
        .flatMap(result -> result.figures().stream())
        .toList();
  }
}
