package dev.parley.model.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * What each slot of the KV cache holds: the tokens whose keys and values are in it, kept after
 * their generation ended because the next prompt of a conversation begins with them. Confined to
 * the engine thread.
 */
final class Slots {
  /** A copy from another slot pays when it saves at least so many tokens. */
  private static final int WORTH_COPYING = 16;

  private final int[][] tokens;
  private final boolean[] taken;
  private final long[] usedAt;
  private long clock;

  Slots(int count) {
    tokens = new int[count][0];
    taken = new boolean[count];
    usedAt = new long[count];
  }

  /**
   * Takes the free slot that holds the longest beginning of a prompt; where none holds a worthwhile
   * one, the one unused for longest.
   *
   * @return empty where all are taken
   */
  Optional<Integer> take(int[] prompt) {
    int best = -1;
    int bestPrefix = -1;
    for (int slot = 0; slot < tokens.length; slot++) {
      if (!taken[slot]) {
        int prefix = worthwhile(commonPrefix(tokens[slot], prompt));
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

  /** How many tokens of a prompt a slot holds; the last token of a prompt is always computed. */
  int held(int slot, int[] prompt) {
    return Math.min(commonPrefix(tokens[slot], prompt), prompt.length - 1);
  }

  /** The slot worth copying a beginning from, where another holds more than the prompt's own. */
  Optional<Integer> donor(int slot, int[] prompt) {
    int best = slot;
    for (int other = 0; other < tokens.length; other++) {
      if (held(other, prompt) > held(best, prompt)) {
        best = other;
      }
    }
    return held(best, prompt) - held(slot, prompt) >= WORTH_COPYING
        ? Optional.of(best)
        : Optional.empty();
  }

  /** Records what a slot holds now. */
  void holds(int slot, int[] now) {
    tokens[slot] = now;
  }

  void free(int slot) {
    taken[slot] = false;
    usedAt[slot] = ++clock;
  }

  /** Forgets what all slots hold, because nobody knows what a failure left there. */
  void forget() {
    Arrays.fill(tokens, new int[0]);
  }

  private static int worthwhile(int prefix) {
    return prefix < WORTH_COPYING ? 0 : prefix;
  }

  private static int commonPrefix(int[] held, int[] prompt) {
    int mismatch = Arrays.mismatch(held, prompt);
    return mismatch < 0 ? held.length : mismatch;
  }
}
