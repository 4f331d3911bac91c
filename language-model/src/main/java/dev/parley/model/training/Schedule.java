package dev.parley.model.training;

/**
 * Learning rates of a run: they rise evenly to the peak, and fall along half a cosine (Loshchilov
 * and Hutter 2017) to a tenth of it.
 *
 * @param peak the highest rate
 * @param warmUp steps until it is reached
 * @param steps of the whole run
 */
public record Schedule(double peak, int warmUp, int steps) {
  private static final double LEAST_SHARE = 0.1;

  /** A rate above zero, and no more steps of rising than there are. */
  public Schedule {
    if (!(peak > 0)) {
      throw new IllegalArgumentException("a learning rate is greater than 0, found " + peak);
    }
    if (warmUp < 0 || steps < 1 || warmUp > steps) {
      throw new IllegalArgumentException("no schedule of " + warmUp + " in " + steps + " steps");
    }
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   */
  public double rate(int step) {
    if (step < warmUp) {
      return peak * (step + 1) / warmUp;
    }
    double done = (double) (step - warmUp) / Math.max(1, steps - warmUp);
    double share = (1 + Math.cos(Math.PI * Math.min(1, done))) / 2;
    return peak * (LEAST_SHARE + (1 - LEAST_SHARE) * share);
  }
}
