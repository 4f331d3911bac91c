package dev.parley.model.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Ways from examples to rows. */
public final class Packing {
  private Packing() {}

  /** A row for each. */
  public static List<Packed> alone(List<EncodedExample> examples) {
    return examples.stream().map(each -> Packed.of(List.of(each))).toList();
  }

  /**
   * As few rows as first-fit decreasing finds: at most 11/9 of the fewest there can be, and one
   * more (Johnson 1973). The same examples give the same rows.
   *
   * @param rowLength most tokens of a row
   * @throws IllegalArgumentException if an example is longer than a row
   */
  public static List<Packed> together(List<EncodedExample> examples, int rowLength) {
    FreeRoom room = new FreeRoom(examples.size(), rowLength);
    List<List<EncodedExample>> rows = new ArrayList<>();
    examples.stream()
        .sorted(Comparator.comparingInt(EncodedExample::length).reversed())
        .forEach(
            example -> {
              int row = room.take(example.length());
              if (row == rows.size()) {
                rows.add(new ArrayList<>());
              }
              rows.get(row).add(example);
            });
    return rows.stream().map(Packed::of).toList();
  }

  /** The room in each row, with the greatest of every two above them: a tree of maxima. */
  private static final class FreeRoom {
    private final int[] tree;
    private final int leaves;

    FreeRoom(int rows, int rowLength) {
      this.leaves = Math.max(1, Integer.highestOneBit(Math.max(1, rows - 1)) * 2);
      this.tree = new int[2 * leaves];
      Arrays.fill(tree, rowLength);
    }

    /** The first row with so much room, which it has no longer. */
    int take(int length) {
      if (tree[1] < length) {
        throw new IllegalArgumentException("an example of " + length + " tokens is too long");
      }
      int node = 1;
      while (node < leaves) {
        node = tree[2 * node] >= length ? 2 * node : 2 * node + 1;
      }
      tree[node] -= length;
      for (int above = node / 2; above > 0; above /= 2) {
        tree[above] = Math.max(tree[2 * above], tree[2 * above + 1]);
      }
      return node - leaves;
    }
  }
}
