package dev.parley.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Sequences that a network looks at together, laid end to end: there is no padding. Immutable.
 *
 * <p>Asked about are rows: places in all tokens together, each in one of the sequences. Where the
 * question is how likely a token is, its row is that of the token before it.
 */
public final class TokenBatch {
  private final List<int[]> sequences;
  private final long[] rows;
  private final int[] sequenceOfRow;

  private TokenBatch(List<int[]> sequences, long[] rows, int[] sequenceOfRow) {
    this.sequences = sequences;
    this.rows = rows;
    this.sequenceOfRow = sequenceOfRow;
  }

  /**
   * Asks about tokens.
   *
   * @param sequences none empty
   * @param asked for each token of each sequence, whether its likelihood is of interest; the first
   *     of a sequence has none
   */
  public static TokenBatch ofTokens(List<int[]> sequences, List<boolean[]> asked) {
    List<Long> rows = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < sequences.size(); i++) {
      int length = sequences.get(i).length;
      if (asked.get(i).length != length) {
        throw new IllegalArgumentException("a sequence of " + length + " tokens has no such mask");
      }
      for (int at = 1; at < length; at++) {
        if (asked.get(i)[at]) {
          rows.add(start + at - 1);
          owners.add(i);
        }
      }
      start += length;
    }
    return new TokenBatch(
        List.copyOf(sequences),
        rows.stream().mapToLong(Long::longValue).toArray(),
        owners.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Asks about the last token of each sequence. */
  public static TokenBatch ofEnds(List<int[]> sequences) {
    long[] rows = new long[sequences.size()];
    long end = 0;
    for (int i = 0; i < rows.length; i++) {
      end += sequences.get(i).length;
      rows[i] = end - 1;
    }
    return new TokenBatch(List.copyOf(sequences), rows, IntStream.range(0, rows.length).toArray());
  }

  /**
   * Asks about the places of all tokens but the first of each sequence, which stands for none.
   *
   * @param sequences of two tokens or more
   */
  public static TokenBatch afterFirst(List<int[]> sequences) {
    List<boolean[]> asked = new ArrayList<>();
    for (int[] sequence : sequences) {
      boolean[] all = new boolean[sequence.length];
      Arrays.fill(all, 1, all.length, true);
      asked.add(all);
    }
    return at(sequences, asked);
  }

  /**
   * Asks about the places of tokens.
   *
   * @param sequences none empty
   * @param asked for each token of each sequence, whether its place is of interest
   */
  public static TokenBatch at(List<int[]> sequences, List<boolean[]> asked) {
    List<Long> rows = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < sequences.size(); i++) {
      int length = sequences.get(i).length;
      for (int at = 0; at < length; at++) {
        if (asked.get(i)[at]) {
          rows.add(start + at);
          owners.add(i);
        }
      }
      start += length;
    }
    return new TokenBatch(
        List.copyOf(sequences),
        rows.stream().mapToLong(Long::longValue).toArray(),
        owners.stream().mapToInt(Integer::intValue).toArray());
  }

  /** How many sequences there are. */
  public int size() {
    return sequences.size();
  }

  /** How many tokens all have. */
  public int tokens() {
    return sequences.stream().mapToInt(each -> each.length).sum();
  }

  /** How many rows are asked about. */
  public int rowCount() {
    return rows.length;
  }

  /**
   * Which rows are of which sequence, for sums {@code [size, rowCount]}: 1 where a row is, else 0.
   */
  public float[] membership() {
    float[] ones = new float[size() * rows.length];
    for (int row = 0; row < rows.length; row++) {
      ones[sequenceOfRow[row] * rows.length + row] = 1;
    }
    return ones;
  }

  int longest() {
    return Collections.max(sequences.stream().map(each -> each.length).toList());
  }

  long[] ids() {
    return sequences.stream().flatMapToInt(IntStream::of).asLongStream().toArray();
  }

  long[] positions() {
    return sequences.stream().flatMapToLong(each -> LongStream.range(0, each.length)).toArray();
  }

  long[] lengths() {
    return sequences.stream().mapToLong(each -> each.length).toArray();
  }

  long[] rows() {
    return rows.clone();
  }

  /** The tokens after the rows; rows at a sequence's end have none. */
  long[] targets() {
    long[] ids = ids();
    return LongStream.of(rows).map(row -> ids[(int) row + 1]).toArray();
  }
}
