package dev.parley.person;

/**
 * What a person wants Parley to know and to do, in all their conversations.
 *
 * @param about the answer to "What should Parley know about you?", possibly empty
 * @param style the answer to "How should Parley respond?", possibly empty
 * @param enabled whether they apply
 */
public record CustomInstructions(String about, String style, boolean enabled) {
  /** Most characters of each text, as {@link #length} counts them. */
  public static final int MAX_LENGTH = 1_500;

  public static final CustomInstructions NONE = new CustomInstructions("", "", true);

  public CustomInstructions {
    check("about", about);
    check("style", style);
  }

  /** Unicode code points: an emoji or a rare Chinese character counts as one on every platform. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void check(String field, String text) {
    if (length(text) > MAX_LENGTH) {
      throw new IllegalArgumentException(
          field + " has " + length(text) + " characters, " + MAX_LENGTH + " are allowed");
    }
  }
}
