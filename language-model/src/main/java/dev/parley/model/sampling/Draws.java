package dev.parley.model.sampling;

import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How the next tokens of a batch are drawn where its logits are, so that these need not be copied:
 * what {@link Sampler} would do, as numbers. Confined to one thread; its arrays are no copies and
 * not to be written to.
 */
public final class Draws {
  /** Numbers for each sequence. */
  public static final int OPTIONS = 7;

  /** In place of a token, where there is none. */
  public static final int NOT_A_NUMBER = -1;

  private final float[] options;
  private final long[] seen;
  private final float[] times;
  private final boolean sorted;

  /**
   * Those of sequences that none was drawn for yet.
   *
   * @param sequences in the order of the batch's rows
   */
  public Draws(List<Sampler> sequences, int vocabulary) {
    options = new float[sequences.size() * OPTIONS];
    seen =
        IntStream.range(0, sequences.size())
            .boxed()
            .flatMapToLong(row -> seen(sequences.get(row), (long) row * vocabulary))
            .toArray();
    times = new float[seen.length];
    for (int i = 0; i < seen.length; i++) {
      Sampler sequence = sequences.get((int) (seen[i] / vocabulary));
      times[i] = sequence.times((int) (seen[i] % vocabulary));
    }
    for (int row = 0; row < sequences.size(); row++) {
      put(sequences.get(row), row * OPTIONS);
    }
    sorted = sequences.stream().map(Sampler::options).anyMatch(o -> o.topK() > 0 || o.topP() < 1);
  }

  private static LongStream seen(Sampler sequence, long first) {
    return sequence.penalized().mapToLong(token -> first + token);
  }

  private void put(Sampler sequence, int at) {
    SamplingOptions of = sequence.options();
    options[at] = (float) of.temperature();
    options[at + 1] = of.topK();
    options[at + 2] = (float) (1 - of.topP());
    options[at + 3] = (float) of.minP();
    options[at + 4] = (float) of.repetitionPenalty();
    options[at + 5] = (float) of.frequencyPenalty();
    options[at + 6] = (float) sequence.number();
  }

  public int rows() {
    return options.length / OPTIONS;
  }

  /**
   * Temperature, top-k, 1 - top-p, min-p, repetition and frequency penalty, and the number that
   * decides {@code [rows, OPTIONS]}.
   */
  public float[] options() {
    return options;
  }

  /** Tokens that a penalty applies to, each as row * vocabulary + token. */
  public long[] seen() {
    return seen;
  }

  /** How often the answer has each of these. */
  public float[] times() {
    return times;
  }

  /** Whether any sequence wants top-k or top-p. */
  public boolean sorted() {
    return sorted;
  }

  /**
   * A token that was drawn.
   *
   * @throws ModelException where there is none because the logits are not numbers
   */
  public static int checked(int token) {
    if (token == NOT_A_NUMBER) {
      throw Sampler.notANumber();
    }
    return token;
  }
}
