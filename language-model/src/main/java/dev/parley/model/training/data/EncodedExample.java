package dev.parley.model.training.data;

import dev.parley.model.template.Transcript;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tokens to learn from. What follows the last token that is learnt is left out: it would teach
 * nothing.
 *
 * @param ids the tokens; nobody writes into them
 * @param trained for each token, whether the model learns to say it after those before it
 * @param shortened whether it lost turns, or the end of its last answer, to fit
 */
@SuppressWarnings("ArrayRecordComponent") // many millions of tokens, compared nowhere
public record EncodedExample(int[] ids, boolean[] trained, boolean shortened) {
  public EncodedExample {
    if (ids.length != trained.length) {
      throw new IllegalArgumentException(
          "as many marks as tokens are needed, not %d and %d"
              .formatted(trained.length, ids.length));
    }
  }

  static EncodedExample of(Transcript transcript) {
    Builder builder = new Builder();
    transcript.parts().forEach(part -> builder.add(part.ids(), part.answer()));
    return builder.build();
  }

  public int length() {
    return ids.length;
  }

  /** Place of the first token that is learnt: of the answer, where there is one. */
  public int answerStart() {
    return IntStream.range(0, trained.length).filter(i -> trained[i]).findFirst().orElse(0);
  }

  /** How many tokens are learnt. */
  public int trainedTokens() {
    return (int) IntStream.range(0, trained.length).filter(i -> trained[i]).count();
  }

  /** The same without its end, where it is longer. */
  EncodedExample cut(int length) {
    return ids.length <= length
        ? this
        : new EncodedExample(Arrays.copyOf(ids, length), Arrays.copyOf(trained, length), true);
  }

  EncodedExample asShortened() {
    return new EncodedExample(ids, trained, true);
  }

  /** Grows by a stretch at a time. Confined to one thread. */
  static final class Builder {
    private int[] ids = new int[0];
    private boolean[] trained = new boolean[0];

    Builder add(int[] more, boolean learnt) {
      int length = ids.length;
      ids = Arrays.copyOf(ids, length + more.length);
      System.arraycopy(more, 0, ids, length, more.length);
      trained = Arrays.copyOf(trained, ids.length);
      Arrays.fill(trained, length, ids.length, learnt);
      return this;
    }

    EncodedExample build() {
      return new EncodedExample(ids, trained, false);
    }
  }
}
