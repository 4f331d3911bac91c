package dev.parley.server;

import dev.parley.model.TextListener;
import java.util.OptionalLong;

/** Remembers when the first text came, be it of a thought, and passes all on. Thread-safe. */
final class FirstText implements TextListener {
  private final TextListener next;
  private volatile OptionalLong cameAt = OptionalLong.empty();

  FirstText(TextListener next) {
    this.next = next;
  }

  @Override
  public void text(String piece) {
    came();
    next.text(piece);
  }

  @Override
  public void thought(String piece) {
    came();
    next.thought(piece);
  }

  private void came() {
    if (cameAt.isEmpty()) {
      cameAt = OptionalLong.of(System.nanoTime());
    }
  }

  /** On the clock of {@link System#nanoTime()}. */
  OptionalLong cameAt() {
    return cameAt;
  }
}
