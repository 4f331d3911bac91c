package dev.parley.platform;

/**
 * What a look at a platform found, in one sentence for the operator.
 *
 * @param text what is, and what to do where something is wrong
 */
public record Finding(Mark mark, String text) {
  /** How it stands. */
  public enum Mark {
    GOOD,
    NOTE,
    PROBLEM
  }

  public static Finding good(String text) {
    return new Finding(Mark.GOOD, text);
  }

  public static Finding note(String text) {
    return new Finding(Mark.NOTE, text);
  }

  public static Finding problem(String text) {
    return new Finding(Mark.PROBLEM, text);
  }
}
