package dev.parley.reply;

/**
 * What becomes of an answer that needs more messages than it may have: the last one says so and
 * brings a file with all of it.
 *
 * @param mostMessages how many it may have, at least 1
 * @param note Markdown of what the last one says
 */
public record Overflow(int mostMessages, String note) {
  /** Every answer may have as many messages as it needs. */
  public static final Overflow NEVER = new Overflow(Integer.MAX_VALUE, "");

  static final String FILE = "answer.md";

  public Overflow {
    if (mostMessages < 1) {
      throw new IllegalArgumentException("an answer needs a message, not " + mostMessages);
    }
  }
}
