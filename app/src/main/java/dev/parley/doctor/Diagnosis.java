package dev.parley.doctor;

/**
 * One thing that was looked at.
 *
 * @param text what is so and, unless it is good, what to do about it
 */
public record Diagnosis(Mark mark, String text) {
  /** How it stands. */
  public enum Mark {
    GOOD("✓"),
    /** Works, but could be better. */
    NOTE("!"),
    /** Does not work. */
    PROBLEM("✗");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }
  }

  public static Diagnosis good(String text) {
    return new Diagnosis(Mark.GOOD, text);
  }

  public static Diagnosis note(String text) {
    return new Diagnosis(Mark.NOTE, text);
  }

  public static Diagnosis problem(String text) {
    return new Diagnosis(Mark.PROBLEM, text);
  }

  @Override
  public String toString() {
    return mark.sign + " " + text;
  }
}
