package dev.parley.model.training;

import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import java.util.Arrays;

/**
 * How a reward model reads an answer. The first layers, a beginning of the answer and its surface
 * say most of what there is to say of answers, in a tenth of the time.
 *
 * @param layers how many of the network's it has, from the first; 0 for all
 * @param tokens most of a sequence that it reads: the end of the prompt, a third at most, and the
 *     beginning of the answer; 0 for all
 * @param mean whether the score is the mean over all tokens of the answer, rather than that of the
 *     last
 * @param surface whether {@link Surface} counts too
 */
public record Reading(int layers, int tokens, boolean mean, boolean surface) {
  /** Everything, and then the last token speaks (Ouyang et al. 2022, section 3.5). */
  public static final Reading WHOLE = new Reading(0, 0, false, false);

  private static final int LEAST_TOKENS = 6;
  private static final int PROMPT_SHARE = 3;

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
    int from = answer - before;
    int to = Math.min(whole.length(), from + tokens);
    return new EncodedExample(
        Arrays.copyOfRange(whole.ids(), from, to),
        Arrays.copyOfRange(whole.trained(), from, to),
        true);
  }
}
