package dev.parley.model.transformer;

import java.util.Set;

/**
 * Training of products of two small matrices beside projections that stay as they are (Hu et al.
 * 2021, "LoRA").
 *
 * @param rank inner width of the products
 * @param alpha what they are multiplied by, divided by the rank
 * @param dropout share of a projection's input that its product does not see, from 0 to less than 1
 * @param targets projections by the names that transformers has, such as {@code q_proj}; all where
 *     empty
 * @param seed of the first values
 */
public record LoraOptions(int rank, double alpha, double dropout, Set<String> targets, long seed) {
  /** Of every projection, in the size that is usual for chat models. */
  public static final LoraOptions USUAL = new LoraOptions(8, 16, 0, Set.of(), 1);

  /** Copies the set. */
  public LoraOptions {
    if (rank < 1 || rank > 1_024) {
      throw new IllegalArgumentException("the rank is 1 to 1024, found " + rank);
    }
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha is greater than 0, found " + alpha);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout is from 0 to less than 1, found " + dropout);
    }
    targets = Set.copyOf(targets);
  }

  /** What the product of the two matrices is multiplied by. */
  public double scale() {
    return alpha / rank;
  }
}
