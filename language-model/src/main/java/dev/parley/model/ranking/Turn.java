package dev.parley.model.ranking;

import dev.parley.model.text.Grams;
import dev.parley.model.text.SparseVector;
import java.util.List;

/**
 * A text as it is compared.
 *
 * @param counts in each of {@link Texts}' spaces, in the order of {@link Grams}
 * @param vectors the same as vectors of length 1
 * @param length the logarithm of its characters
 */
record Turn(List<SparseVector> counts, List<SparseVector> vectors, float length) {
  /** The vector by {@link Grams#CHARACTERS}. */
  SparseVector characters() {
    return vectors.getFirst();
  }
}
