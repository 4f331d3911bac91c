package dev.parley.learning;

/**
 * Where a share lies, with 95 percent confidence: Wilson's score interval (Wilson, JASA 1927),
 * which also holds for few observations and for shares near 0 and 1.
 *
 * @param low 0 to 1
 * @param high 0 to 1
 */
public record WilsonInterval(double low, double high) {
  /** Of the normal distribution, 97.5 percent lie below. */
  private static final double Z = 1.959964;

  /**
   * The interval around a share that was observed.
   *
   * @param share 0 to 1
   * @param observations more than 0; a fraction where they are imagined
   */
  public static WilsonInterval of(double share, double observations) {
    double square = Z * Z / observations;
    double middle = (share + square / 2) / (1 + square);
    double half =
        Z
            / (1 + square)
            * Math.sqrt(share * (1 - share) / observations + square / (4 * observations));
    return new WilsonInterval(Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
