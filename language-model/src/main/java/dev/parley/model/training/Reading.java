package dev.parley.model.training;

import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import java.util.stream.IntStream;

/**
 * How a reward model reads an answer: all of it, or less, for machines that have not the time. What
 * that costs is in ARCHITECTURE.md.
 *
 * @param layers how many of the network's it has, from the first; 0 for all
 * @param tokens most of a sequence that it reads: the end of the prompt, a third at most, and of
 *     the answer the beginning and, a third of that, the end; 0 for all
 * @param mean whether the score is the mean over all tokens of the answer, rather than that of the
 *     last
 * @param surface whether {@link Surface} counts too
 */
public record Reading(int layers, int tokens, boolean mean, boolean surface) {
  /** Everything, and then the last token speaks (Ouyang et al. 2022, section 3.5). */
  public static final Reading WHOLE = new Reading(0, 0, false, false);

  private static final int LEAST_TOKENS = 6;
  private static final int PROMPT_SHARE = 3;
  private static final int END_SHARE = 3;

  public Reading {
    if (layers < 0) {
      throw new IllegalArgumentException("a network has at least 1 layer, found " + layers);
    }
    if (tokens != 0 && tokens < LEAST_TOKENS) {
      throw new IllegalArgumentException(
          "at least %d tokens of a sequence are read, found %d".formatted(LEAST_TOKENS, tokens));
    }
  }

  /** How many tokens are read of a pair. */
  public int tokens(EncodedPreference row) {
    return tokens(row.chosen().length()) + tokens(row.rejected().length());
  }

  private int tokens(int length) {
    return tokens == 0 ? length : Math.min(tokens, length);
  }

  /** What is read of a prompt and its answer. */
  EncodedExample of(EncodedExample whole) {
    if (tokens == 0 || whole.length() <= tokens) {
      return whole;
    }
    int answer = whole.answerStart();
    int answered = whole.length() - answer;
    int before = Math.min(answer, Math.max(tokens / PROMPT_SHARE, tokens - answered));
    int room = tokens - before;
    int end = answered > room ? room / END_SHARE : 0;
    int[] places =
        IntStream.concat(
                IntStream.range(answer - before, answer + Math.min(answered, room) - end),
                IntStream.range(whole.length() - end, whole.length()))
            .toArray();
    int[] ids = new int[places.length];
    boolean[] trained = new boolean[places.length];
    for (int i = 0; i < places.length; i++) {
      ids[i] = whole.ids()[places[i]];
      trained[i] = whole.trained()[places[i]];
    }
    return new EncodedExample(ids, trained, true);
  }
}
