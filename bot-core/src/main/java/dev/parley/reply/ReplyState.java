package dev.parley.reply;

import java.util.Locale;

/** Where a reply is on its way. */
public enum ReplyState {
  /** Accepted; waits for the model. */
  QUEUED,
  /** The model writes. */
  GENERATING,
  /** The text is stored whole, or why there is none; the platform may not have all of it. */
  DELIVERING,
  /** The platform has it. */
  DELIVERED,
  /** The person stopped it; what was generated stands. */
  CANCELLED,
  /** Given up, with a case to refer to. */
  FAILED;

  /** Whether nothing more happens to it. */
  public boolean isFinal() {
    return switch (this) {
      case QUEUED, GENERATING, DELIVERING -> false;
      case DELIVERED, CANCELLED, FAILED -> true;
    };
  }

  boolean mayBecome(ReplyState next) {
    return switch (this) {
      case QUEUED ->
          next == GENERATING || next == DELIVERING || next == CANCELLED || next == FAILED;
      case GENERATING ->
          next == QUEUED || next == DELIVERING || next == CANCELLED || next == FAILED;
      case DELIVERING -> next == DELIVERED || next == CANCELLED || next == FAILED;
      case DELIVERED, CANCELLED, FAILED -> false;
    };
  }

  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReplyState ofStored(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
