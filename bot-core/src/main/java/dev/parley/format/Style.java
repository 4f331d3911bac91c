package dev.parley.format;

/** How a stretch of text looks. */
public sealed interface Style {
  /** A style that is its name. */
  enum Mark implements Style {
    BOLD,
    ITALIC,
    STRIKETHROUGH,
    /** Hidden until the reader asks for it. */
    SPOILER,
    /** Code within a line. */
    CODE,
    /** Somebody else's words; never within another quote. */
    QUOTE
  }

  /**
   * Lines of code, or whatever must keep its columns.
   *
   * @param language as the writer named it; possibly empty
   */
  record CodeBlock(String language) implements Style {}

  /**
   * A line above what it names.
   *
   * @param level 1 for the largest to 6
   */
  record Heading(int level) implements Style {}

  /**
   * A link.
   *
   * @param url begins with {@code https://}, {@code http://} or {@code mailto:}, and goes on
   */
  record Link(String url) implements Style {}
}
