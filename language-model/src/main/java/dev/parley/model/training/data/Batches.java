package dev.parley.model.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * The rows of each step. Every epoch has all rows once, in an order that seed and epoch give alone,
 * so that a run that stopped goes on with the same rows. Immutable.
 */
public final class Batches<T> {
  /**
   * Rows are sorted by length among this many batches: enough that a batch's rows are of similar
   * length, and few enough that an epoch's order is still a matter of chance.
   */
  private static final int SORTED_BATCHES = 32;

  private final List<T> rows;
  private final ToIntFunction<? super T> length;
  private final int size;
  private final long seed;

  /**
   * @param rows at least one
   * @param length of a row, in tokens
   * @param size most rows of a batch, at least 1; an epoch's last batches may have fewer
   */
  public Batches(List<T> rows, ToIntFunction<? super T> length, int size, long seed) {
    if (rows.isEmpty() || size < 1) {
      throw new IllegalArgumentException(
          "batches need rows and a size of at least 1, not %d and %d".formatted(rows.size(), size));
    }
    this.rows = List.copyOf(rows);
    this.length = length;
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
    List<List<T>> batches = new ArrayList<>();
    for (List<T> stretch : pieces(shuffled, SORTED_BATCHES * size)) {
      List<T> sorted = new ArrayList<>(stretch);
      sorted.sort(Comparator.comparingInt(length));
      batches.addAll(pieces(sorted, size));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  private static <T> List<List<T>> pieces(List<T> list, int size) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      pieces.add(List.copyOf(list.subList(from, Math.min(list.size(), from + size))));
    }
    return pieces;
  }
}
