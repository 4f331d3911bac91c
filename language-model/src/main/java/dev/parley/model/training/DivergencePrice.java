package dev.parley.model.training;

import java.util.OptionalDouble;

/**
 * What a nat costs that the policy leaves the model of the beginning by: fixed, or raised and
 * lowered to hold a target (Ziegler et al. 2019, section 2.2). Confined to one thread.
 */
final class DivergencePrice {
  /** Answers after which an error of the target's own size has had its full effect. */
  private static final double HORIZON = 1_000;

  private static final double MOST_ERROR = 0.2;

  private final OptionalDouble target;
  private double value;

  DivergencePrice(double first, OptionalDouble target) {
    this.value = first;
    this.target = target;
  }

  double value() {
    return value;
  }

  void set(double other) {
    value = other;
  }

  /** Answers had this divergence. */
  void observe(double divergence, int answers) {
    if (target.isPresent()) {
      double error = Math.clamp(divergence / target.getAsDouble() - 1, -MOST_ERROR, MOST_ERROR);
      value *= 1 + error * answers / HORIZON;
    }
  }
}
