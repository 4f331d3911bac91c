package dev.parley.bench;

import dev.parley.model.GenerationResult;
import java.util.List;

/**
 * An answer and when its text came.
 *
 * @param pieces times of {@link System#nanoTime()}, in order
 */
record Answer(GenerationResult result, List<Long> pieces) {
  Answer {
    pieces = List.copyOf(pieces);
  }

  double secondsToFirstToken() {
    return result.toFirstToken().toNanos() / 1e9;
  }

  /** Tokens written in a span of time: a piece is now and then more than one token. */
  double tokensBetween(long from, long to) {
    long within = pieces.stream().filter(time -> time > from && time <= to).count();
    return pieces.isEmpty() ? 0 : (double) result.generatedTokens() * within / pieces.size();
  }
}
