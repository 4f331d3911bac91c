package dev.parley.queue;

import java.time.Duration;

/** There is no room for another request; nothing was changed. */
public final class QueueFullException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean personal;
  private final Duration untilRoom;

  QueueFullException(boolean personal, Duration untilRoom) {
    super(personal ? "the person has too many requests waiting" : "too many requests wait");
    this.personal = personal;
    this.untilRoom = untilRoom;
  }

  /** Whether it is the person's own limit, rather than everybody's. */
  public boolean personal() {
    return personal;
  }

  /** How long until there may be room. */
  public Duration untilRoom() {
    return untilRoom;
  }
}
