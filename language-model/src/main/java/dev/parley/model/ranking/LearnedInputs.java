package dev.parley.model.ranking;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/** Embeddings that begin at random and are trained with the rest. */
final class LearnedInputs implements Inputs {
  private final int vocabulary;
  private final int width;
  private final NDArray rows;

  LearnedInputs(NDManager memory, int vocabulary, int width, RandomGenerator random) {
    this.vocabulary = vocabulary;
    this.width = width;
    float[] values = new float[Math.multiplyExact(vocabulary, width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    this.rows = memory.create(values, new Shape(vocabulary, width));
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public NDArray rows(NDManager step, List<Mixture> mixtures) {
    float[] all = new float[mixtures.size() * vocabulary];
    for (int i = 0; i < mixtures.size(); i++) {
      Mixture mixture = mixtures.get(i);
      float[] row = new float[vocabulary];
      for (int k = 0; k < mixture.weights().length; k++) {
        mixture.turns().get(k).characters().addTo(row, mixture.weights()[k]);
      }
      System.arraycopy(row, 0, all, i * vocabulary, vocabulary);
    }
    return step.create(all, new Shape(mixtures.size(), vocabulary)).matMul(rows);
  }

  @Override
  public List<NDArray> trained() {
    return List.of(rows);
  }

  @Override
  public Embedding embedding() {
    return new Embedding(rows.toFloatArray(), new float[width]);
  }
}
