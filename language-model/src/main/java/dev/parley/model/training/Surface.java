package dev.parley.model.training;

import dev.parley.model.training.data.EncodedExample;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What can be seen of an answer without reading it: how long it is, and how much it repeats itself
 * and its prompt. People prefer longer answers so often (Singhal et al. 2023) that a network is
 * best told the length, and spends its weights on the rest.
 */
final class Surface {
  /** How many numbers there are. */
  static final int FIGURES = 5;

  /** So that weights that learn as slowly as a network's come far enough. */
  private static final float SCALE = 10;

  private static final int GRAM = 3;

  private Surface() {}

  /** Of an answer after its prompt: numbers of which most are from 0 to 50. */
  static float[] of(EncodedExample answered) {
    int start = answered.answerStart();
    int[] answer = Arrays.copyOfRange(answered.ids(), start, answered.length());
    double size = Math.log1p(answer.length);
    double[] figures = {
      size, size * size / 10, kinds(answer), repeated(answer), used(answered.ids(), start, answer),
    };
    float[] scaled = new float[FIGURES];
    for (int i = 0; i < FIGURES; i++) {
      scaled[i] = SCALE * (float) figures[i];
    }
    return scaled;
  }

  /** Share of the tokens that are there for the first time. */
  private static double kinds(int[] answer) {
    return (double) IntStream.of(answer).distinct().count() / answer.length;
  }

  /** Share of the sequences of three tokens that were there before. */
  private static double repeated(int[] answer) {
    int all = answer.length - GRAM + 1;
    if (all < 1) {
      return 0;
    }
    Set<List<Integer>> grams = new HashSet<>();
    for (int i = 0; i < all; i++) {
      grams.add(List.of(answer[i], answer[i + 1], answer[i + 2]));
    }
    return 1 - (double) grams.size() / all;
  }

  /** Share of the prompt's tokens that the answer has too. */
  private static double used(int[] ids, int start, int[] answer) {
    Set<Integer> prompt = new HashSet<>();
    IntStream.range(0, start).forEach(i -> prompt.add(ids[i]));
    if (prompt.isEmpty()) {
      return 0;
    }
    double all = prompt.size();
    Set<Integer> said = new HashSet<>();
    IntStream.of(answer).forEach(said::add);
    prompt.retainAll(said);
    return prompt.size() / all;
  }
}
