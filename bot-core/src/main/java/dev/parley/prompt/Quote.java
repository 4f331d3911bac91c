package dev.parley.prompt;

/**
 * People's text inside a prompt's own: every line is marked, so that none can pass for the
 * prompt's.
 */
public final class Quote {
  private Quote() {}

  /** The text with a mark before each line, whatever ends them (Unicode's line breaks too). */
  public static String of(String text) {
    return "> " + text.strip().replaceAll("\\R", "\n> ");
  }
}
