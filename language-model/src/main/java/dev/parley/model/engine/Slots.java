package dev.parley.model.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * What each slot of the KV cache holds, kept after its generation ended because the next prompt of
 * a conversation begins with it. Confined to the engine thread.
 */
final class Slots {
  /** A copy from another place pays when it saves at least so many tokens. */
  static final int WORTH_COPYING = 16;

  private final Beginning[] held;
  private final boolean[] taken;
  private final long[] usedAt;
  private long clock;

  Slots(int count) {
    held = new Beginning[count];
    taken = new boolean[count];
    usedAt = new long[count];
    forget();
  }

  int count() {
    return held.length;
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
    for (int slot = 0; slot < held.length; slot++) {
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

  Beginning held(int slot) {
    return held[slot];
  }

  /** Records what a slot holds now. */
  void holds(int slot, Beginning now) {
    held[slot] = now;
  }

  /** The slot worth copying a beginning from, where another holds more than the prompt's own. */
  Optional<Integer> donor(int slot, int[] prompt, boolean exactly) {
    int best = slot;
    for (int other = 0; other < held.length; other++) {
      if (held[other].usable(prompt, exactly) > held[best].usable(prompt, exactly)) {
        best = other;
      }
    }
    int more = held[best].usable(prompt, exactly) - held[slot].usable(prompt, exactly);
    return more >= WORTH_COPYING ? Optional.of(best) : Optional.empty();
  }

  /** Whether another slot holds all of a beginning. */
  boolean isElsewhere(Beginning beginning, int slot) {
    for (int other = 0; other < held.length; other++) {
      if (other != slot && held[other].contains(beginning)) {
        return true;
      }
    }
    return false;
  }

  void free(int slot) {
    taken[slot] = false;
    usedAt[slot] = ++clock;
  }

  /** Forgets what all slots hold, because nobody knows what a failure left there. */
  void forget() {
    Arrays.fill(held, Beginning.NONE);
  }

  private int worthwhile(int slot, int[] prompt) {
    int prefix = held[slot].common(prompt);
    return prefix < WORTH_COPYING || prefix * 2 < held[slot].length() ? 0 : prefix;
  }
}
