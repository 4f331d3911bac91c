package dev.parley.model.ranking;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Embeddings learned from a teacher, which stay as they are. For turns that they were learned from
 * there are vectors as if they had not been: what is trained with them sees what it will see later.
 */
final class DistilledInputs implements Inputs {
  private final Embedding embedding;
  private final IdentityHashMap<Turn, float[]> leftOut = new IdentityHashMap<>();

  /** Takes what {@link Distillation} found. */
  DistilledInputs(Embedding embedding, List<Turn> turns, List<float[]> vectors) {
    this.embedding = embedding;
    for (int i = 0; i < turns.size(); i++) {
      leftOut.put(turns.get(i), vectors.get(i));
    }
  }

  @Override
  public int width() {
    return embedding.width();
  }

  /** The vector of a turn. */
  float[] of(Turn turn) {
    return leftOut.computeIfAbsent(turn, embedding::of);
  }

  @Override
  public NDArray rows(NDManager step, List<Mixture> mixtures) {
    float[] all = new float[mixtures.size() * width()];
    for (int i = 0; i < mixtures.size(); i++) {
      Mixture mixture = mixtures.get(i);
      List<float[]> vectors = mixture.turns().stream().map(this::of).toList();
      float[] row = Embedding.mean(vectors, mixture.weights(), width());
      System.arraycopy(row, 0, all, i * width(), width());
    }
    return step.create(all, new Shape(mixtures.size(), width()));
  }

  @Override
  public List<NDArray> trained() {
    return List.of();
  }

  @Override
  public Embedding embedding() {
    return embedding;
  }
}
