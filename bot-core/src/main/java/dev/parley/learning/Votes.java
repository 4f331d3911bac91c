package dev.parley.learning;

/** How often answers were found good and bad; one vote for each answer and person. */
public record Votes(int good, int bad) {
  public Votes {
    if (good < 0 || bad < 0) {
      throw new IllegalArgumentException("votes are counted from 0");
    }
  }

  public int all() {
    return good + bad;
  }

  /** The share of good ones, 0 to 1; 0 where there are no votes. */
  public double share() {
    return all() == 0 ? 0 : (double) good / all();
  }

  /** From where the share lies with 95 percent confidence; 0 where there are no votes. */
  public double low() {
    return all() == 0 ? 0 : WilsonInterval.of(share(), all()).low();
  }

  /** Up to where the share lies with 95 percent confidence; 1 where there are no votes. */
  public double high() {
    return all() == 0 ? 1 : WilsonInterval.of(share(), all()).high();
  }
}
