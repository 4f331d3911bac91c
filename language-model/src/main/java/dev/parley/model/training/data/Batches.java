package dev.parley.model.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * The rows of each step. Every epoch has all rows once, in an order that seed and epoch give alone,
 * so that a run that stopped goes on with the same rows. Immutable.
 */
public final class Batches<T> {
  private final List<T> rows;
  private final List<List<T>> groups;
  private final int size;
  private final long seed;

  /**
   * @param rows at least one
   * @param size most rows of a batch, at least 1; an epoch's last batch may have fewer
   */
  public Batches(List<T> rows, int size, long seed) {
    this(rows, row -> row, size, seed);
  }

  /**
   * As above.
   *
   * @param group rows of equal ones follow each other in every epoch
   */
  public Batches(List<T> rows, Function<? super T, ?> group, int size, long seed) {
    if (rows.isEmpty() || size < 1) {
      throw new IllegalArgumentException(
          "batches need rows and a size of at least 1, not %d and %d".formatted(rows.size(), size));
    }
    this.rows = List.copyOf(rows);
    this.groups = groups(this.rows, group);
    this.size = size;
    this.seed = seed;
  }

  private static <T> List<List<T>> groups(List<T> rows, Function<? super T, ?> group) {
    Map<Object, List<T>> groups = new LinkedHashMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(group.apply(row), key -> new ArrayList<>()).add(row));
    return List.copyOf(groups.values());
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
    List<List<T>> shuffled = new ArrayList<>(groups);
    Collections.shuffle(shuffled, random);
    return pieces(shuffled.stream().flatMap(List::stream).toList(), size);
  }

  private static <T> List<List<T>> pieces(List<T> list, int size) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      pieces.add(List.copyOf(list.subList(from, Math.min(list.size(), from + size))));
    }
    return pieces;
  }
}
