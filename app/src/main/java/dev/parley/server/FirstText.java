package dev.parley.server;

import dev.parley.model.TextListener;
import java.util.OptionalLong;

/** Remembers when the first text came, and passes all on. Thread-safe. */
final class FirstText implements TextListener {
  private final TextListener next;
  private volatile OptionalLong cameAt = OptionalLong.empty();

  FirstText(TextListener next) {
    this.next = next;
  }

  @Override
  public void text(String piece) {
    if (cameAt.isEmpty()) {
      cameAt = OptionalLong.of(System.nanoTime());
    }
    next.text(piece);
  }

  /** On the clock of {@link System#nanoTime()}. */
  OptionalLong cameAt() {
    return cameAt;
  }
}
