package dev.parley.model.ranking;

import dev.parley.model.text.Grams;
import dev.parley.model.text.SparseVector;
import java.util.List;

/** A vector for each text, the sum of those of its {@link Grams#CHARACTERS}. Immutable. */
final class Embedding {
  private final float[] rows;
  private final float[] mean;

  /**
   * Takes what it is given.
   *
   * @param rows {@code [vocabulary, width]}
   * @param mean what is taken from each sum
   */
  Embedding(float[] rows, float[] mean) {
    this.rows = rows;
    this.mean = mean;
  }

  int width() {
    return mean.length;
  }

  float[] rows() {
    return rows.clone();
  }

  float[] mean() {
    return mean.clone();
  }

  float[] of(Turn turn) {
    SparseVector vector = turn.characters();
    float[] sum = new float[width()];
    for (int i = 0; i < vector.size(); i++) {
      Vectors.add(sum, rows, vector.place(i), vector.value(i));
    }
    Vectors.add(sum, mean, -1);
    return sum;
  }

  /** The mean of some vectors. */
  static float[] mean(List<float[]> vectors, float[] weights, int width) {
    float[] sum = new float[width];
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        Vectors.add(sum, vectors.get(i), weights[i]);
      }
    }
    return sum;
  }
}
