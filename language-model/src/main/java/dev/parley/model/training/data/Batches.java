package dev.parley.model.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The rows of each step. Every epoch has all rows once, in an order that seed and epoch give alone,
 * so that a run that stopped goes on with the same rows. Immutable.
 */
public final class Batches<T> {
  private final List<T> rows;
  private final int size;
  private final long seed;

  /**
   * @param rows at least one
   * @param size most rows of a batch, at least 1; an epoch's last batch may have fewer
   */
  public Batches(List<T> rows, int size, long seed) {
    if (rows.isEmpty() || size < 1) {
      throw new IllegalArgumentException(
          "batches need rows and a size of at least 1, not %d and %d".formatted(rows.size(), size));
    }
    this.rows = List.copyOf(rows);
    this.size = size;
    this.seed = seed;
  }

  /** How many steps an epoch has. */
  public int stepsPerEpoch() {
    return Math.ceilDiv(rows.size(), size);
  }

  /**
   * The batches of an epoch, one for each step.
   *
   * @param epoch from 0
   */
  public List<List<T>> epoch(int epoch) {
    Random random = new Random(seed + 0x9E3779B97F4A7C15L * epoch); // its algorithm is specified
    List<T> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    return pieces(shuffled, size);
  }

  private static <T> List<List<T>> pieces(List<T> list, int size) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      pieces.add(List.copyOf(list.subList(from, Math.min(list.size(), from + size))));
    }
    return pieces;
  }
}
