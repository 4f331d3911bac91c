package dev.parley.model.file;

import java.util.Arrays;

/** Dimensions of a tensor, outermost first; its rows are the last one. Immutable. */
final class Shape {
  private final long[] dimensions;
  private final long rows;
  private final long columns;

  /**
   * Checks that it can be counted.
   *
   * @throws ArithmeticException where the elements are 2^63 or more
   */
  Shape(long... dimensions) {
    this.dimensions = dimensions.clone();
    int last = dimensions.length - 1;
    long product = 1;
    for (int i = 0; i < last; i++) {
      product = Math.multiplyExact(product, dimensions[i]);
    }
    this.rows = product;
    this.columns = last < 0 ? 1 : dimensions[last];
    Math.multiplyExact(rows, columns);
  }

  long[] dimensions() {
    return dimensions.clone();
  }

  long rows() {
    return rows;
  }

  long elements() {
    return rows * columns;
  }

  boolean dividesIntoBlocksOf(TensorType type) {
    return columns % type.blockElements() == 0;
  }

  /**
   * Bytes of one row.
   *
   * @throws ArithmeticException where they are 2^63 or more
   */
  long rowBytes(TensorType type) {
    return Math.multiplyExact(columns / type.blockElements(), (long) type.blockBytes());
  }

  /**
   * Bytes of all rows.
   *
   * @throws ArithmeticException where they are 2^63 or more
   */
  long bytes(TensorType type) {
    return Math.multiplyExact(rows, rowBytes(type));
  }

  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
