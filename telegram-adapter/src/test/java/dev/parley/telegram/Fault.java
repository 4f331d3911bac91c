package dev.parley.telegram;

/** What goes wrong with one call. */
enum Fault {
  /** The connection ends before the call is carried out. */
  CUT_BEFORE,
  /** The call is carried out, but nobody hears of it. */
  CUT_AFTER,
  /** The connection ends, and the message arrives only after the next call to its chat. */
  LATE,
  /** A proxy says 502 in HTML, before anything happened. */
  BAD_GATEWAY_BEFORE,
  /** The same after the call was carried out. */
  BAD_GATEWAY_AFTER,
  /** Telegram itself says 500. */
  BROKEN,
  /** 429 with some seconds to wait. */
  TOO_MANY,
  /** No answer comes, and nothing happens. */
  SILENT_BEFORE,
  /** The call is carried out, but no answer comes. */
  SILENT_AFTER,
  /** The answer comes in drips. */
  SLOW,
  /** The same updates are delivered a second time. */
  AGAIN,
  /** Updates of different chats come in another order. */
  REORDERED;

  /** Whether it can happen to a method. */
  boolean fits(String method) {
    return switch (this) {
      case LATE -> method.equals("sendMessage");
      case AGAIN, REORDERED -> method.equals("getUpdates");
      // a poller waits half a minute longer than its poll: that is its library's
      case SILENT_BEFORE, SILENT_AFTER -> !method.equals("getUpdates");
      default -> true;
    };
  }
}
