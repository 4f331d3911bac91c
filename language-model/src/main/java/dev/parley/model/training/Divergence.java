package dev.parley.model.training;

/**
 * Estimates, of a single token that a policy drew, by how many nats the policy has left another one
 * (Schulman 2020, "Approximating KL divergence").
 */
public final class Divergence {
  private Divergence() {}

  /** Right on average, and of any sign. */
  public static double k1(double logProb, double reference) {
    return logProb - reference;
  }

  /** Right on average too, with less noise, and never negative. */
  public static double k3(double logProb, double reference) {
    double log = reference - logProb;
    return Math.expm1(log) - log;
  }
}
