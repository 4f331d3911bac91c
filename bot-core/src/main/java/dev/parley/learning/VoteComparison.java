package dev.parley.learning;

/**
 * Whether answers of one kind are found good more often than those of another, and not by chance: 0
 * lies outside the 95 percent interval of the difference, which is made of both shares' Wilson
 * intervals (Newcombe, Statistics in Medicine 1998, method 10).
 *
 * @param more where it is too early to say: about how many more votes would tell, if the shares
 *     stayed as they are; 0 where that cannot be known
 */
public record VoteComparison(Outcome outcome, int more) {
  /** Further on nobody waits for it. */
  private static final int MOST = 100_000;

  /** What can be said of the first kind. */
  public enum Outcome {
    BETTER,
    WORSE,
    TOO_EARLY;

    /** In names of texts. */
    public String key() {
      return switch (this) {
        case BETTER -> "better";
        case WORSE -> "worse";
        case TOO_EARLY -> "too-early";
      };
    }
  }

  /** Where the difference of two shares lies. */
  record Difference(double low, double high) {
    /**
     * Of votes as they are, or as they would be.
     *
     * @param times how many times as many there are
     */
    static Difference of(Votes one, Votes other, double times) {
      double p = one.share();
      double q = other.share();
      WilsonInterval of = WilsonInterval.of(p, one.all() * times);
      WilsonInterval than = WilsonInterval.of(q, other.all() * times);
      return new Difference(
          p - q - Math.hypot(p - of.low(), than.high() - q),
          p - q + Math.hypot(of.high() - p, q - than.low()));
    }

    boolean isReal() {
      return low > 0 || high < 0;
    }
  }

  /** What votes tell about the first kind beside the other. */
  public static VoteComparison of(Votes one, Votes other) {
    if (one.all() == 0 || other.all() == 0) {
      return new VoteComparison(Outcome.TOO_EARLY, 0);
    }
    Difference now = Difference.of(one, other, 1);
    if (now.isReal()) {
      return new VoteComparison(now.low() > 0 ? Outcome.BETTER : Outcome.WORSE, 0);
    }
    return new VoteComparison(Outcome.TOO_EARLY, needed(one, other));
  }

  private static int needed(Votes one, Votes other) {
    double all = one.all() + other.all();
    int enough = MOST;
    if (!Difference.of(one, other, 1 + enough / all).isReal()) {
      return 0;
    }
    int tooFew = 0;
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) / 2;
      if (Difference.of(one, other, 1 + middle / all).isReal()) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }
}
