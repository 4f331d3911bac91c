package dev.parley.model.ranking;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TokenBatch;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A language model as a teacher: what a turn means is the mean of what flows out of one of the
 * network's first layers for its tokens. Confined to one thread.
 */
public final class LanguageModelTeacher implements Teacher, AutoCloseable {
  /** Tokens of a turn that are read: the first of a longer one say what it is about. */
  static final int MOST_TOKENS = 64;

  /** Share of the layers that are passed: 8 of the 30 of SmolLM2-135M. */
  private static final double DEPTH = 8.0 / 30;

  /** More make it no faster. */
  private static final int TOKENS_AT_ONCE = 2_048;

  private final ModelParts parts;
  private final TrainableTransformer network;
  private final int first;
  private final int layers;

  /**
   * Loads the network.
   *
   * @param parts of the model, to be closed after this
   * @throws ModelException where the model has no token to begin a text with
   */
  public LanguageModelTeacher(ModelParts parts, Processor processor) throws IOException {
    this.parts = parts;
    this.first = first(parts);
    this.network =
        TrainableTransformer.full(parts.checkpoint(), processor, Weights.FP32, MOST_TOKENS + 1);
    this.layers = Math.max(1, (int) Math.round(DEPTH * network.layers()));
  }

  /** What texts begin with; else what stands between them. */
  private static int first(ModelParts parts) {
    if (parts.tokenizer().startToken().isPresent()) {
      return parts.tokenizer().startToken().getAsInt();
    }
    if (parts.endTokens().isEmpty()) {
      throw new ModelException(parts.path() + " names no token that a text begins or ends with.");
    }
    return Collections.min(parts.endTokens());
  }

  /** A vector of the network's width for each turn; one without a token has zeros. */
  @Override
  public List<float[]> vectors(List<String> turns) {
    List<int[]> sequences = turns.stream().map(this::sequence).toList();
    List<Integer> byLength = // attention takes those of one length together
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(turn -> sequences.get(turn).length))
            .toList();
    float[][] vectors = new float[turns.size()][];
    List<Integer> batch = new ArrayList<>();
    int tokens = 0;
    for (int turn : byLength) {
      int length = sequences.get(turn).length;
      if (!batch.isEmpty() && tokens + length > TOKENS_AT_ONCE) {
        read(sequences, batch, vectors);
        batch.clear();
        tokens = 0;
      }
      batch.add(turn);
      tokens += length;
    }
    if (!batch.isEmpty()) {
      read(sequences, batch, vectors);
    }
    return Arrays.asList(vectors);
  }

  private int[] sequence(String turn) {
    int[] ids = parts.tokenizer().encode(turn);
    int length = Math.min(ids.length, network.longest() - 1);
    int[] sequence = new int[length + 1];
    sequence[0] = first;
    System.arraycopy(ids, 0, sequence, 1, length);
    return sequence;
  }

  private void read(List<int[]> sequences, List<Integer> turns, float[][] vectors) {
    TokenBatch batch = TokenBatch.afterFirst(turns.stream().map(sequences::get).toList());
    try (NDManager step = network.newManager()) {
      NDArray members = step.create(batch.membership(), new Shape(batch.size(), batch.rowCount()));
      NDArray counts = members.sum(new int[] {1}, true).maximum(1);
      float[] means =
          members.matMul(network.states(step, batch, layers)).div(counts).toFloatArray();
      int width = network.width();
      for (int i = 0; i < turns.size(); i++) {
        vectors[turns.get(i)] = Arrays.copyOfRange(means, i * width, (i + 1) * width);
      }
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
