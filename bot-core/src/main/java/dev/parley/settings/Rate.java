package dev.parley.settings;

/**
 * How many messages are answered in some time; written as {@code 10}, or as {@code 10 burst 30}.
 *
 * @param perMinute in the long run, 0 for no limit, at most {@value #MOST}
 * @param burst how many may come at once after a silence, at most {@value #MOST}; what was used of
 *     it comes back at the rate
 */
public record Rate(int perMinute, int burst) {
  private static final int MOST = 999;

  /** Any number of messages. */
  public static final Rate UNLIMITED = new Rate(0, 0);

  public Rate {
    boolean unlimited = perMinute == 0 && burst == 0;
    if (!unlimited && (perMinute < 1 || perMinute > MOST || burst < 1 || burst > MOST)) {
      throw new IllegalArgumentException(perMinute + " a minute, " + burst + " at once");
    }
  }

  /** As many at once as in a minute. */
  public static Rate of(int perMinute) {
    return new Rate(perMinute, perMinute);
  }

  public boolean isLimited() {
    return perMinute > 0;
  }

  @Override
  public String toString() {
    return burst == perMinute ? String.valueOf(perMinute) : perMinute + " burst " + burst;
  }
}
