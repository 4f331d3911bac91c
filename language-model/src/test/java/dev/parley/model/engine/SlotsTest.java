package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final int[] SHARED = IntStream.range(0, 64).toArray();

  private final Slots slots = new Slots(2);

  @Test
  void theNextTurnOfAConversationGetsItsSlot() {
    int[] turn = prompt(300, 1);
    int slot = fill(turn);

    assertThat(slots.take(Arrays.copyOf(turn, 320))).contains(slot);
    assertThat(slots.held(slot).usable(Arrays.copyOf(turn, 320), false)).isEqualTo(300);
  }

  /** The beginning is copied from there instead. */
  @Test
  void aSharedBeginningDoesNotCostSomebodyTheirConversation() {
    int busy = fill(prompt(300, 1));
    int[] newcomer = prompt(80, 2);
    int slot = slots.take(newcomer).orElseThrow();

    assertThat(slot).isNotEqualTo(busy);
    assertThat(slots.donor(slot, newcomer, false)).contains(busy);
    assertThat(slots.held(busy).usable(newcomer, true)).isEqualTo(64);
  }

  @Test
  void whatWasWrittenIsNoExactBeginning() {
    int[] prompt = prompt(70, 1);
    int slot = fill(prompt);
    int[] answered = prompt(140, 1);
    slots.holds(slot, new Beginning(answered, slots.held(slot).exact()));

    assertThat(slots.held(slot).usable(answered, false)).isEqualTo(139);
    assertThat(slots.held(slot).usable(answered, true)).isEqualTo(64);
  }

  @Test
  void nothingIsKnownAfterAFailure() {
    int[] prompt = prompt(300, 1);
    int slot = fill(prompt);
    slots.forget();

    assertThat(slots.held(slot).usable(prompt, false)).isZero();
    assertThat(slots.held(slot).usable(prompt, true)).isZero();
  }

  /** Takes a slot, reads a prompt into it piece by piece, and frees it. */
  private int fill(int[] prompt) {
    int slot = slots.take(prompt).orElseThrow();
    slots.holds(slot, Beginning.NONE);
    for (int start = 0; start < prompt.length; start += Beginning.PIECE) {
      int end = Math.min(prompt.length, start + Beginning.PIECE);
      slots.holds(slot, slots.held(slot).grownBy(Arrays.copyOfRange(prompt, start, end)));
    }
    slots.free(slot);
    return slot;
  }

  /** The shared beginning, then tokens of its own. */
  private static int[] prompt(int length, int own) {
    int[] prompt = Arrays.copyOf(SHARED, length);
    Arrays.fill(prompt, SHARED.length, length, 1_000 + own);
    return prompt;
  }
}
