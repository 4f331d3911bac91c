package dev.parley.prompt;

import java.util.regex.Pattern;

/**
 * People's text inside a prompt's own: every line is marked, so that none can pass for the
 * prompt's.
 */
public final class Quote {
  private static final String WRITTEN = " wrote:\n";
  private static final String FORWARDED = "Forwarded, written by ";
  private static final Pattern OTHERS =
      Pattern.compile("^(?:.*" + WRITTEN + "|" + FORWARDED + ".*:\\n)> ", Pattern.MULTILINE);

  private Quote() {}

  /** The text with a mark before each line, whatever ends them (Unicode's line breaks too). */
  public static String of(String text) {
    return "> " + text.strip().replaceAll("\\R", "\n> ");
  }

  /** What somebody wrote, within the text of somebody else. */
  public static String written(String author, String text) {
    return author + WRITTEN + of(text);
  }

  /** What somebody wrote and somebody else forwarded. */
  public static String forwarded(String author, String text) {
    return FORWARDED + author + ":\n" + of(text);
  }

  /** Whether a text holds what {@link #written} or {@link #forwarded} make, or looks like it. */
  public static boolean isIn(String text) {
    return OTHERS.matcher(text).find();
  }
}
