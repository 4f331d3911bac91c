package dev.parley.model.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * What each slot of the KV cache holds: the tokens whose keys and values are in it, kept after
 * their generation ended because the next prompt of a conversation begins with them. Confined to
 * the engine thread.
 *
 * <p>The last bits of keys and values depend on where the pieces were cut in which they were
 * computed. An exact reuse is one of whole pieces, cut where every prompt is cut: it has the bits
 * that computing again would give.
 */
final class Slots {
  /**
   * Prompt tokens read in a step: about a tenth of a second on two cores, and as quick as longer
   * pieces. They end at the multiples of this.
   */
  static final int PIECE = 64;

  /** A copy from another slot pays when it saves at least so many tokens. */
  private static final int WORTH_COPYING = 16;

  private final int[][] tokens;
  private final int[] exact;
  private final boolean[] taken;
  private final long[] usedAt;
  private long clock;

  Slots(int count) {
    tokens = new int[count][0];
    exact = new int[count];
    taken = new boolean[count];
    usedAt = new long[count];
  }

  /**
   * Takes the free slot that holds the longest beginning of a prompt, if that is most of what it
   * holds; else the one unused for longest. A beginning that many share does not cost somebody
   * their conversation: it is copied.
   *
   * @return empty where all are taken
   */
  Optional<Integer> take(int[] prompt) {
    int best = -1;
    int bestPrefix = -1;
    for (int slot = 0; slot < tokens.length; slot++) {
      if (!taken[slot]) {
        int prefix = worthwhile(slot, prompt);
        if (prefix > bestPrefix || (prefix == bestPrefix && usedAt[slot] < usedAt[best])) {
          best = slot;
          bestPrefix = prefix;
        }
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    taken[best] = true;
    usedAt[best] = ++clock;
    return Optional.of(best);
  }

  /**
   * How many tokens of a prompt a slot holds; the last token of a prompt is always computed.
   *
   * @param exactly counts exact ones only
   */
  int held(int slot, int[] prompt, boolean exactly) {
    int common = Math.min(commonPrefix(tokens[slot], prompt), prompt.length - 1);
    return exactly ? wholePieces(Math.min(common, exact[slot])) : common;
  }

  /** The slot worth copying a beginning from, where another holds more than the prompt's own. */
  Optional<Integer> donor(int slot, int[] prompt, boolean exactly) {
    int best = slot;
    for (int other = 0; other < tokens.length; other++) {
      if (held(other, prompt, exactly) > held(best, prompt, exactly)) {
        best = other;
      }
    }
    return held(best, prompt, exactly) - held(slot, prompt, exactly) >= WORTH_COPYING
        ? Optional.of(best)
        : Optional.empty();
  }

  /** A slot gets the beginning that another has in common with a prompt; returns its length. */
  int copy(int from, int to, int[] prompt) {
    int length = held(from, prompt, false);
    tokens[to] = Arrays.copyOf(prompt, length);
    exact[to] = Math.min(exact[from], wholePieces(length));
    return length;
  }

  /** Records what a slot holds now: no more than before, or written tokens after it. */
  void holds(int slot, int[] now) {
    tokens[slot] = now;
    exact[slot] = Math.min(exact[slot], wholePieces(now.length));
  }

  /**
   * Records that a piece of a prompt was read.
   *
   * @param before how many tokens the slot had
   * @param now what it holds
   */
  void read(int slot, int before, int[] now) {
    tokens[slot] = now;
    if (exact[slot] == before && now.length == before + PIECE) {
      exact[slot] = now.length;
    }
  }

  void free(int slot) {
    taken[slot] = false;
    usedAt[slot] = ++clock;
  }

  /** Forgets what all slots hold, because nobody knows what a failure left there. */
  void forget() {
    Arrays.fill(tokens, new int[0]);
    Arrays.fill(exact, 0);
  }

  private static int wholePieces(int length) {
    return length / PIECE * PIECE;
  }

  private int worthwhile(int slot, int[] prompt) {
    int prefix = commonPrefix(tokens[slot], prompt);
    return prefix < WORTH_COPYING || prefix * 2 < tokens[slot].length ? 0 : prefix;
  }

  private static int commonPrefix(int[] held, int[] prompt) {
    int mismatch = Arrays.mismatch(held, prompt);
    return mismatch < 0 ? held.length : mismatch;
  }
}
