package dev.parley.model.ranking;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.parley.model.text.SparseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Learns embeddings from a teacher's vectors by ridge regression in its dual form. Many turns are
 * divided, and the embeddings of the parts averaged (Zhang, Duchi and Wainwright 2013): memory and
 * time grow with the square and the cube of a part's size.
 */
final class Distillation {
  /** Most turns of a part: 169 MB for a matrix of which three are needed at once. */
  static final int MOST_TURNS = 6_500;

  private static final float TINY = 1e-5f;

  private final NDManager memory;
  private final List<SparseVector> texts;
  private final float[][] targets;
  private final float ridge;
  private final int vocabulary;
  private final int width;
  private final float[] rows;

  /** What leaving a turn out changes of its vector. */
  private final float[][] changes;

  private Distillation(
      NDManager memory,
      List<SparseVector> texts,
      List<float[]> teacher,
      int vocabulary,
      double ridge) {
    this.memory = memory;
    this.texts = texts;
    this.targets = teacher.stream().map(float[]::clone).toArray(float[][]::new);
    this.vocabulary = vocabulary;
    this.ridge = (float) ridge;
    this.width = targets[0].length;
    this.rows = new float[Math.multiplyExact(vocabulary, width)];
    this.changes = new float[texts.size()][width];
    standardise(targets);
  }

  /**
   * Learns.
   *
   * @param teacher a vector for each turn, of the same width
   * @param most turns of a part
   */
  static DistilledInputs learn(
      NDManager memory,
      List<Turn> turns,
      List<float[]> teacher,
      int vocabulary,
      double ridge,
      int most,
      long seed) {
    List<SparseVector> texts = turns.stream().map(Turn::characters).toList();
    Distillation learning = new Distillation(memory, texts, teacher, vocabulary, ridge);
    List<Integer> order = new ArrayList<>(IntStream.range(0, turns.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int parts = Math.ceilDiv(order.size(), most);
    for (int part = 0; part < parts; part++) {
      int begin = (int) ((long) order.size() * part / parts);
      int end = (int) ((long) order.size() * (part + 1) / parts);
      learning.solve(order.subList(begin, end), 1f / parts);
    }
    return learning.inputs(turns);
  }

  /** Adds a share of what a part of the turns says. */
  private void solve(List<Integer> part, float share) {
    int n = part.size();
    float[] wanted = new float[n * width];
    for (int i = 0; i < n; i++) {
      System.arraycopy(targets[part.get(i)], 0, wanted, i * width, width);
    }
    float[] dual;
    float[] diagonal;
    try (NDManager step = memory.newSubManager()) {
      NDArray inverse = step.create(kernel(part), new Shape(n, n)).inverse();
      dual = inverse.matMul(step.create(wanted, new Shape(n, width))).toFloatArray();
      diagonal = inverse.diagonal().duplicate().toFloatArray();
    }
    for (int i = 0; i < n; i++) {
      int turn = part.get(i);
      float[] own = Arrays.copyOfRange(dual, i * width, (i + 1) * width);
      // the fit is target - ridge · dual, with the turn left out it is target - dual / diagonal
      Vectors.add(changes[turn], own, share * (ridge - 1 / diagonal[i]));
      SparseVector text = texts.get(turn);
      for (int k = 0; k < text.size(); k++) {
        int start = text.place(k) * width;
        float factor = share * text.value(k);
        for (int d = 0; d < width; d++) {
          rows[start + d] += factor * own[d];
        }
      }
    }
  }

  private float[] kernel(List<Integer> part) {
    int n = part.size();
    float[] kernel = new float[n * n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              float[] whole = new float[vocabulary];
              texts.get(part.get(i)).addTo(whole, 1);
              for (int j = 0; j <= i; j++) {
                float product = texts.get(part.get(j)).dot(whole);
                kernel[i * n + j] = product;
                kernel[j * n + i] = product;
              }
              kernel[i * n + i] += ridge;
            });
    return kernel;
  }

  /** Embeddings whose numbers have mean 0 and variance 1 over the turns. */
  private DistilledInputs inputs(List<Turn> turns) {
    Embedding raw = new Embedding(rows, new float[width]);
    float[][] vectors = new float[turns.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = raw.of(turns.get(i));
      Vectors.add(vectors[i], changes[i], 1);
    }
    float[][] moments = standardise(vectors);
    float[] mean = moments[0];
    float[] deviation = moments[1];
    for (int i = 0; i < rows.length; i++) {
      rows[i] /= deviation[i % width];
    }
    for (int d = 0; d < width; d++) {
      mean[d] /= deviation[d];
    }
    return new DistilledInputs(new Embedding(rows, mean), turns, List.of(vectors));
  }

  /** Gives each column mean 0 and variance 1; returns what the means and deviations were. */
  private static float[][] standardise(float[][] vectors) {
    int width = vectors[0].length;
    float[] means = new float[width];
    float[] deviations = new float[width];
    for (int d = 0; d < width; d++) {
      double sum = 0;
      double squares = 0;
      for (float[] vector : vectors) {
        sum += vector[d];
        squares += (double) vector[d] * vector[d];
      }
      double mean = sum / vectors.length;
      means[d] = (float) mean;
      deviations[d] = (float) Math.sqrt(Math.max(0, squares / vectors.length - mean * mean)) + TINY;
      for (float[] vector : vectors) {
        vector[d] = (vector[d] - means[d]) / deviations[d];
      }
    }
    return new float[][] {means, deviations};
  }
}
