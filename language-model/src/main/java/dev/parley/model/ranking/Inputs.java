package dev.parley.model.ranking;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Embeddings while a ranker is trained. */
interface Inputs {
  /** Turns, and what each counts. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Mixture(List<Turn> turns, float[] weights) {
    static Mixture of(Turn turn) {
      return new Mixture(List.of(turn), new float[] {1});
    }
  }

  int width();

  /** A row for each mixture {@code [mixtures, width]}. */
  NDArray rows(NDManager step, List<Mixture> mixtures);

  /** What is trained of them. */
  List<NDArray> trained();

  /** As they are now. */
  Embedding embedding();
}
