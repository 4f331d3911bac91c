package dev.parley.training;

/**
 * A running mean in which the latest count most, and the first as much as if there had been more
 * before it (as Adam corrects its means). Confined to one thread.
 */
final class Smoothing {
  private static final double STAYS = 0.9;

  private double sum;
  private double weight;

  /** Adds a number and gives the mean. */
  double add(double number) {
    sum = STAYS * sum + (1 - STAYS) * number;
    weight = STAYS * weight + (1 - STAYS);
    return sum / weight;
  }
}
