package dev.parley.model.training.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One row of a batch: examples one after the other.
 *
 * @param ids the tokens; nobody writes into them
 * @param trained for each token, whether the model learns to say it after those before it. The
 *     first token of an example follows nothing and is never marked
 * @param segmentLengths how many tokens each example has, in order: attention stays within, and
 *     positions begin anew
 */
@SuppressWarnings("ArrayRecordComponent") // many millions of tokens, compared nowhere
public record Packed(int[] ids, boolean[] trained, int[] segmentLengths) {
  public Packed {
    if (ids.length != trained.length || ids.length != IntStream.of(segmentLengths).sum()) {
      throw new IllegalArgumentException(
          "%d tokens need as many marks, not %d, and segments of that length, not of %d"
              .formatted(ids.length, trained.length, IntStream.of(segmentLengths).sum()));
    }
  }

  /** A row of these. */
  static Packed of(List<EncodedExample> examples) {
    int[] lengths = examples.stream().mapToInt(EncodedExample::length).toArray();
    int[] ids = examples.stream().flatMapToInt(each -> Arrays.stream(each.ids())).toArray();
    boolean[] trained = new boolean[ids.length];
    int at = 0;
    for (EncodedExample example : examples) {
      System.arraycopy(example.trained(), 0, trained, at, example.length());
      trained[at] = false;
      at += example.length();
    }
    return new Packed(ids, trained, lengths);
  }

  public int length() {
    return ids.length;
  }
}
