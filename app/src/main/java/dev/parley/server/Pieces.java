package dev.parley.server;

import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.Optional;

/**
 * Thought and text on their way from the model's thread, which never waits here, to that of a
 * client. What a client does not take in time comes as one longer piece. Thread-safe.
 */
final class Pieces implements TextListener {
  /** In characters: more than any context holds, so that only a fault reaches it. */
  private static final int MOST = 4 << 20;

  // all below: guarded by this
  private final StringBuilder thought = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private boolean ended;

  /** What came of a thought, and of the answer after it; either or both may be empty. */
  record Piece(String thought, String text) {
    boolean isEmpty() {
      return thought.isEmpty() && text.isEmpty();
    }
  }

  @Override
  public void text(String piece) {
    keep(text, piece);
  }

  @Override
  public void thought(String piece) {
    keep(thought, piece);
  }

  private synchronized void keep(StringBuilder kept, String piece) {
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

  /** All that came; an empty piece where none did in that time; empty after the last. */
  synchronized Optional<Piece> next(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    while (isEmpty() && !ended) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return Optional.of(new Piece("", ""));
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    if (isEmpty()) {
      return Optional.empty();
    }
    Piece piece = new Piece(thought.toString(), text.toString());
    thought.setLength(0);
    text.setLength(0);
    return Optional.of(piece);
  }

  private boolean isEmpty() {
    return thought.isEmpty() && text.isEmpty();
  }
}
