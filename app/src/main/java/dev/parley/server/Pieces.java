package dev.parley.server;

import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.Optional;

/**
 * Text on its way from the model's thread, which never waits here, to that of a client. What a
 * client does not take in time comes as one longer piece. Thread-safe.
 */
final class Pieces implements TextListener {
  /** In characters: more than any context holds, so that only a fault reaches it. */
  private static final int MOST = 4 << 20;

  // all below: guarded by this
  private final StringBuilder kept = new StringBuilder();
  private boolean ended;

  @Override
  public synchronized void text(String piece) {
    if (kept.length() + piece.length() > MOST) {
      throw new IllegalStateException("the client does not read");
    }
    kept.append(piece);
    notifyAll();
  }

  /** There will be no more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** All that came; no text where none did in that time; empty after the last. */
  synchronized Optional<String> next(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    while (kept.isEmpty() && !ended) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return Optional.of("");
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    String text = kept.toString();
    kept.setLength(0);
    return Optional.of(text);
  }
}
