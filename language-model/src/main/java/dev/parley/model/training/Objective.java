package dev.parley.model.training;

import java.util.List;
import java.util.Map;

/**
 * What a network learns of rows. Confined to the network's thread.
 *
 * @param <R> what it learns from: a conversation, or a pair of answers
 */
public interface Objective<R> {
  /** Tokens that a row makes the network read. */
  int tokens(R row);

  /** Rows of the same group are learned from one after another, as far as a step has room. */
  default Object group(R row) {
    return row;
  }

  /** How much a row counts in the mean that the loss is: tokens, or 1. */
  int weight(R row);

  /**
   * Adds to the network's gradients.
   *
   * @param share what the mean over these rows is multiplied by
   * @return that mean
   */
  double learn(List<R> rows, double share);

  /** Measures rows that are not learned from; what is measured, by name. */
  Map<String, Double> evaluate(List<R> rows);
}
