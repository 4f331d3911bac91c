package dev.parley.training;

import dev.parley.model.training.Objective;
import dev.parley.model.transformer.TrainableTransformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How fast a network learns on this machine, measured without changing it. */
public final class Pace {
  /** Reading is about a third of learning: gradients take two further passes. */
  public static final double READING = 3;

  private static final double SECOND = 1e9;

  private Pace() {}

  /**
   * Tokens a second, of the longest rows that are computed together; of rows that are equally long
   * in their order, so that those share what is read which will.
   *
   * @param tokensAtOnce most tokens of them
   */
  public static <R> double measure(
      Stage<R> stage, TrainableTransformer network, List<R> rows, int tokensAtOnce) {
    List<R> longest =
        rows.stream().sorted(Comparator.comparingInt(stage::tokens).reversed()).toList();
    List<R> some = new ArrayList<>();
    long tokens = 0;
    for (R row : longest) {
      if (!some.isEmpty() && tokens + stage.tokens(row) > tokensAtOnce) {
        break;
      }
      some.add(row);
      tokens += stage.tokens(row);
    }
    Objective<R> objective = stage.objective(network, some);
    objective.learn(List.of(some.getLast()), 0); // the first time takes longer
    long began = System.nanoTime();
    objective.learn(some, 0);
    return tokens / ((System.nanoTime() - began) / SECOND);
  }
}
