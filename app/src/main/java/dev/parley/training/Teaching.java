package dev.parley.training;

import dev.parley.model.ranking.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what turns mean to a teacher, which takes longer than all that is learned of it. */
public final class Teaching {
  /** Few enough that whoever stops does not wait. */
  private static final int AT_ONCE = 256;

  private static final double SECOND = 1e9;

  private Teaching() {}

  /** A vector for each turn; empty where it is to stop before. */
  public static Optional<List<float[]>> vectors(
      Teacher teacher, List<String> turns, LiveLine line, StopSignal stop) {
    List<float[]> vectors = new ArrayList<>();
    long began = System.nanoTime();
    while (vectors.size() < turns.size()) {
      if (stop.given()) {
        line.end();
        return Optional.empty();
      }
      int end = Math.min(turns.size(), vectors.size() + AT_ONCE);
      vectors.addAll(teacher.vectors(turns.subList(vectors.size(), end)));
      double left = (System.nanoTime() - began) / SECOND * (turns.size() - end) / end;
      boolean last = end == turns.size();
      String read = "read %,d of %,d turns".formatted(end, turns.size());
      line.show(last ? read : read + ", %s left".formatted(TimeText.of(left)), last);
    }
    line.end();
    return Optional.of(vectors);
  }
}
