package dev.parley.model.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * What each slot of the KV cache holds, kept after its generation ended because the next prompt of
 * a conversation begins with it. Confined to the engine thread, but for {@link #common}.
 */
final class Slots {
  /** A copy from another place pays when it saves at least so many tokens. */
  static final int WORTH_COPYING = 16;

  private final AtomicReferenceArray<Beginning> held;
  private final boolean[] taken;
  private final long[] usedAt;
  private long clock;

  Slots(int count) {
    held = new AtomicReferenceArray<>(count);
    taken = new boolean[count];
    usedAt = new long[count];
    forget();
  }

  int count() {
    return taken.length;
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
    for (int slot = 0; slot < taken.length; slot++) {
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
    return held.get(slot);
  }

  /** Records what a slot holds now. */
  void holds(int slot, Beginning now) {
    held.set(slot, now);
  }

  /** The most tokens of a prompt that any slot holds, for any thread. */
  int common(int[] prompt) {
    return IntStream.range(0, taken.length)
        .map(slot -> held.get(slot).common(prompt))
        .max()
        .orElseThrow();
  }

  /** The slot worth copying a beginning from, where another holds more than the prompt's own. */
  Optional<Integer> donor(int slot, int[] prompt, boolean exactly) {
    int best = slot;
    for (int other = 0; other < taken.length; other++) {
      if (held.get(other).usable(prompt, exactly) > held.get(best).usable(prompt, exactly)) {
        best = other;
      }
    }
    int more = held.get(best).usable(prompt, exactly) - held.get(slot).usable(prompt, exactly);
    return more >= WORTH_COPYING ? Optional.of(best) : Optional.empty();
  }

  /** Whether another slot holds all of a beginning. */
  boolean isElsewhere(Beginning beginning, int slot) {
    for (int other = 0; other < taken.length; other++) {
      if (other != slot && held.get(other).contains(beginning)) {
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
    for (int slot = 0; slot < taken.length; slot++) {
      held.set(slot, Beginning.NONE);
    }
  }

  /** Forgets what the slots hold that nothing is written in. */
  void forgetFree() {
    for (int slot = 0; slot < taken.length; slot++) {
      if (!taken[slot]) {
        held.set(slot, Beginning.NONE);
      }
    }
  }

  private int worthwhile(int slot, int[] prompt) {
    int prefix = held.get(slot).common(prompt);
    return prefix < WORTH_COPYING || prefix * 2 < held.get(slot).length() ? 0 : prefix;
  }
}
