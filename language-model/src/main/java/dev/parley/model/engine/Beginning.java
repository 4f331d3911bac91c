package dev.parley.model.engine;

import java.util.Arrays;

/**
 * The tokens whose keys and values are kept somewhere. Immutable.
 *
 * <p>The last bits of keys and values depend on where the pieces were cut in which they were
 * computed. An exact reuse is one of whole pieces, cut where every prompt is cut: it has the bits
 * that computing again would give.
 */
final class Beginning {
  /**
   * Prompt tokens read in a step: about a tenth of a second on two cores, and as quick as longer
   * pieces. They end at the multiples of this.
   */
  static final int PIECE = 64;

  static final Beginning NONE = new Beginning(new int[0], 0);

  private final int[] tokens;
  private final int exact;

  /**
   * @param tokens not changed any more
   * @param exact how many of them are exact, a multiple of {@link #PIECE}
   */
  Beginning(int[] tokens, int exact) {
    this.tokens = tokens;
    this.exact = Math.min(exact, wholePieces(tokens.length));
  }

  int length() {
    return tokens.length;
  }

  int exact() {
    return exact;
  }

  int token(int index) {
    return tokens[index];
  }

  /** How many tokens it has in common with a prompt. */
  int common(int[] prompt) {
    int mismatch = Arrays.mismatch(tokens, prompt);
    return mismatch < 0 ? tokens.length : mismatch;
  }

  /**
   * How many tokens of a prompt can be taken from here; the last token of a prompt is always
   * computed.
   *
   * @param exactly counts exact ones only
   */
  int usable(int[] prompt, boolean exactly) {
    int common = Math.min(common(prompt), prompt.length - 1);
    return exactly ? wholePieces(Math.min(common, exact)) : common;
  }

  /** Whether the other one is all of it, or its beginning. */
  boolean contains(Beginning other) {
    return other.length() <= length() && common(other.tokens) == other.length();
  }

  Beginning first(int length) {
    return new Beginning(Arrays.copyOf(tokens, length), exact);
  }

  /** After a piece of a prompt was read. */
  Beginning grownBy(int[] piece) {
    int[] all = Arrays.copyOf(tokens, tokens.length + piece.length);
    System.arraycopy(piece, 0, all, tokens.length, piece.length);
    boolean whole = exact == tokens.length && piece.length == PIECE;
    return new Beginning(all, whole ? all.length : exact);
  }

  private static int wholePieces(int length) {
    return length / PIECE * PIECE;
  }
}
