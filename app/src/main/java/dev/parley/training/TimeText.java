package dev.parley.training;

/** A length of time for people. */
public final class TimeText {
  private static final int MINUTE = 60;

  /** Below so many of a unit the smaller one is shown. */
  private static final int FEW = 2;

  private TimeText() {}

  public static String of(double seconds) {
    long whole = Math.round(seconds);
    if (whole < FEW * MINUTE) {
      return whole + " s";
    }
    long minutes = Math.round(seconds / MINUTE);
    return minutes < FEW * MINUTE
        ? minutes + " min"
        : "%d h %d min".formatted(minutes / MINUTE, minutes % MINUTE);
  }
}
