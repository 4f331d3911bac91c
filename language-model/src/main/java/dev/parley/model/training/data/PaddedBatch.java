package dev.parley.model.training.data;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of one length, for a tensor. Padding stands at the end, is never learnt, and belongs to no
 * segment.
 *
 * @param rows how many
 * @param length of each, that of the longest
 * @param ids {@code [rows, length]}, row by row
 * @param trained {@code [rows, length]}, as {@link Packed#trained()}
 * @param segmentLengths for each row, as {@link Packed#segmentLengths()}
 */
@SuppressWarnings("ArrayRecordComponent") // many millions of tokens, compared nowhere
public record PaddedBatch(
    int rows, int length, int[] ids, boolean[] trained, List<int[]> segmentLengths) {
  public PaddedBatch {
    segmentLengths = List.copyOf(segmentLengths);
  }

  /**
   * Pads rows to the longest.
   *
   * @param padding the token to pad with, any that the model knows
   */
  public static PaddedBatch of(List<Packed> rows, int padding) {
    int length = rows.stream().mapToInt(Packed::length).max().orElse(0);
    int[] ids = new int[rows.size() * length];
    boolean[] trained = new boolean[ids.length];
    Arrays.fill(ids, padding);
    for (int i = 0; i < rows.size(); i++) {
      Packed row = rows.get(i);
      System.arraycopy(row.ids(), 0, ids, i * length, row.length());
      System.arraycopy(row.trained(), 0, trained, i * length, row.length());
    }
    return new PaddedBatch(
        rows.size(), length, ids, trained, rows.stream().map(Packed::segmentLengths).toList());
  }
}
