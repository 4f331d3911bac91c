package dev.parley.telegram;

import dev.parley.platform.PlatformException;

/** A group became a supergroup: it has another id, and its messages are not to be reached. */
final class ChatMovedException extends PlatformException {
  private static final long serialVersionUID = 1;

  private final long to;

  ChatMovedException(long to) {
    super(Kind.GONE, "the group has become a supergroup");
    this.to = to;
  }

  Chat to() {
    return Chat.whole(to);
  }
}
