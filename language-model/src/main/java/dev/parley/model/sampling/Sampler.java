package dev.parley.model.sampling;

import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws the tokens of one generation. The processors work in the order and by the rules of
 * transformers' logits processors: repetition penalty, temperature, top-k, top-p, min-p; after the
 * first comes the frequency penalty, as in vLLM. Confined to one thread.
 */
public final class Sampler {
  private static final double NONE = -1;

  private final SamplingOptions options;
  private final SplittableRandom random;
  private final BitSet seen = new BitSet();
  private final Map<Integer, Integer> drawn = new HashMap<>();
  private float[] work = new float[0];
  private double number = NONE;

  /**
   * @param seed used where the options name none
   */
  public Sampler(SamplingOptions options, long seed) {
    this.options = options;
    this.random = new SplittableRandom(options.seed().orElse(seed));
  }

  /** Remembers a token of the prompt for the repetition penalty. */
  public void saw(int token) {
    seen.set(token);
  }

  /** Remembers a token of the answer for both penalties. */
  public void drew(int token) {
    saw(token);
    number = NONE;
    drawn.merge(token, 1, Integer::sum);
  }

  /**
   * Draws a token.
   *
   * @param logits of one or several sequences
   * @param from index of this one's first logit
   * @param vocabulary how many there are
   * @throws ModelException where they are not numbers
   */
  public int next(float[] logits, int from, int vocabulary) {
    float[] values = scaled(logits, from, vocabulary);
    int best = best(values, vocabulary);
    if (!Float.isFinite(values[best])) {
      throw notANumber();
    }
    if (options.temperature() == 0) {
      return best;
    }
    double sum = filter(values, vocabulary, values[best]);
    double target = random.nextDouble() * sum;
    int last = best;
    for (int i = 0; i < vocabulary; i++) {
      if (values[i] > 0) {
        target -= values[i];
        last = i;
        if (target < 0) {
          return i;
        }
      }
    }
    return last;
  }

  static ModelException notANumber() {
    return new ModelException(
        "The model's output is not a number: its file is damaged, or its weights need another"
            + " precision.");
  }

  SamplingOptions options() {
    return options;
  }

  /**
   * The number in [0, 1) that decides which token is drawn, the same until {@link #drew}: a step
   * that failed is computed again. Greedy ones need none.
   */
  double number() {
    if (number < 0 && options.temperature() != 0) {
      number = random.nextDouble();
    }
    return Math.max(0, number);
  }

  /** The tokens that a penalty applies to. */
  IntStream penalized() {
    if (options.repetitionPenalty() != 1) {
      return seen.stream();
    }
    return options.frequencyPenalty() == 0
        ? IntStream.empty()
        : drawn.keySet().stream().mapToInt(Integer::intValue);
  }

  /** How often the answer has a token. */
  int times(int token) {
    return drawn.getOrDefault(token, 0);
  }

  /** The probability of every token after all processors. */
  float[] probabilities(float[] logits) {
    float[] values = scaled(logits, 0, logits.length);
    double sum = filter(values, logits.length, values[best(values, logits.length)]);
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (values[i] / sum);
    }
    return probabilities;
  }

  private float[] scaled(float[] logits, int from, int vocabulary) {
    if (work.length < vocabulary) {
      work = new float[vocabulary];
    }
    System.arraycopy(logits, from, work, 0, vocabulary);
    if (options.repetitionPenalty() != 1) {
      float penalty = (float) options.repetitionPenalty();
      seen.stream().forEach(i -> work[i] = work[i] < 0 ? work[i] * penalty : work[i] / penalty);
    }
    if (options.frequencyPenalty() != 0) {
      float penalty = (float) options.frequencyPenalty();
      drawn.forEach((token, times) -> work[token] -= penalty * times);
    }
    if (options.temperature() != 0 && options.temperature() != 1) {
      float temperature = (float) options.temperature();
      for (int i = 0; i < vocabulary; i++) {
        work[i] /= temperature;
      }
    }
    return work;
  }

  /** NaN never compares as greater, so a NaN in the first place is found by the caller. */
  private static int best(float[] values, int vocabulary) {
    int best = 0;
    for (int i = 1; i < vocabulary; i++) {
      if (values[i] > values[best] || Float.isNaN(values[i])) {
        best = i;
      }
      if (Float.isNaN(values[best])) {
        return best;
      }
    }
    return best;
  }

  /** Turns logits into weights, 0 for what was filtered out, and returns their sum. */
  private double filter(float[] values, int vocabulary, float best) {
    float least = options.topK() > 0 ? kthLargest(values, vocabulary) : Float.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      values[i] = values[i] < least ? 0 : (float) Math.exp(values[i] - best);
      sum += values[i];
    }
    float threshold = options.topP() < 1 ? topP(values, vocabulary, sum) : 0;
    threshold = Math.max(threshold, (float) options.minP()); // the best weighs 1
    if (threshold > 0) {
      sum = 0;
      for (int i = 0; i < vocabulary; i++) {
        if (values[i] < threshold) {
          values[i] = 0;
        }
        sum += values[i];
      }
    }
    return sum;
  }

  /** The k-th largest value, by a heap of the k largest. */
  private float kthLargest(float[] values, int vocabulary) {
    int k = Math.min(options.topK(), vocabulary);
    float[] heap = Arrays.copyOf(values, k); // a smallest-first heap
    for (int i = k / 2 - 1; i >= 0; i--) {
      sink(heap, i);
    }
    for (int i = k; i < vocabulary; i++) {
      if (values[i] > heap[0]) {
        heap[0] = values[i];
        sink(heap, 0);
      }
    }
    return heap[0];
  }

  private static void sink(float[] heap, int index) {
    int i = index;
    while (2 * i + 1 < heap.length) {
      int child = 2 * i + 1;
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[i] <= heap[child]) {
        return;
      }
      float swap = heap[i];
      heap[i] = heap[child];
      heap[child] = swap;
      i = child;
    }
  }

  /**
   * The smallest weight that stays: weights whose running sum from below is at most 1 - p go. Those
   * so small that all tokens of their weight would go together need not be sorted.
   */
  private float topP(float[] weights, int vocabulary, double sum) {
    double most = (1 - options.topP()) * sum;
    double small = most / vocabulary;
    float[] candidates = new float[vocabulary];
    int count = 0;
    double below = 0;
    for (int i = 0; i < vocabulary; i++) {
      if (weights[i] > small) {
        candidates[count++] = weights[i];
      } else {
        below += weights[i];
      }
    }
    Arrays.sort(candidates, 0, count);
    int i = 0;
    while (i < count - 1 && below + candidates[i] <= most) {
      below += candidates[i++];
    }
    return candidates[i];
  }
}
