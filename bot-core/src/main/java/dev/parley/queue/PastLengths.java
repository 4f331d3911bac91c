package dev.parley.queue;

import dev.parley.model.Capacity;
import dev.parley.model.GenerationResult;
import java.time.Duration;
import java.util.Arrays;

/**
 * How long prompts and answers were lately, to tell how long the next will be. Guarded by the
 * queue's lock.
 */
final class PastLengths {
  private static final int KEPT = 256;
  private static final double NEWEST = 0.05;

  /** What is thought before anything is known: as chats go, many short ones and few long. */
  private static final int[] FIRST_GUESSES = {20, 40, 60, 80, 110, 150, 200, 300};

  private static final int FIRST_PROMPT = 150;

  private final int[] promptTokens = new int[KEPT];
  private final int[] generatedTokens = new int[KEPT];
  private int kept;
  private long added;
  private double expectedSeconds = 1;
  private double realSeconds = 1;

  PastLengths() {
    for (int guess : FIRST_GUESSES) {
      add(FIRST_PROMPT, guess);
    }
    added = 0; // real ones take their places
  }

  /**
   * Learns from one that ended.
   *
   * @param took from its admission to its end
   */
  void add(GenerationResult result, Duration took, Capacity capacity) {
    int prompt = computed(result);
    int generated = result.generatedTokens();
    expectedSeconds += NEWEST * (seconds(prompt, generated, capacity) - expectedSeconds);
    realSeconds += NEWEST * (took.toNanos() / 1e9 - realSeconds);
    add(prompt, generated);
  }

  /** What a request is thought to cost, in tokens. */
  long cost() {
    long sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += promptTokens[i] + generatedTokens[i];
    }
    return Math.max(1, sum / kept);
  }

  /** What a request did cost: the tokens that were computed for it. */
  static long cost(GenerationResult result) {
    return Math.max(1, computed(result) + result.generatedTokens());
  }

  /**
   * How many seconds answers took lately, shortest first, at the speed the model has now. What the
   * model's figures leave out (prompts that are read between the tokens of others, a server's
   * network) is learned from how long answers really took.
   */
  double[] seconds(Capacity capacity) {
    double[] all = new double[kept];
    for (int i = 0; i < kept; i++) {
      all[i] =
          seconds(promptTokens[i], generatedTokens[i], capacity) * realSeconds / expectedSeconds;
    }
    Arrays.sort(all);
    return all;
  }

  private void add(int prompt, int generated) {
    int at = (int) (added++ % KEPT);
    promptTokens[at] = prompt;
    generatedTokens[at] = generated;
    kept = Math.max(kept, at + 1);
  }

  private static double seconds(int prompt, int generated, Capacity capacity) {
    return prompt / capacity.prefillTokensPerSecond()
        + generated / capacity.decodeTokensPerSecond();
  }

  private static int computed(GenerationResult result) {
    return result.promptTokens() - result.cachedTokens();
  }
}
