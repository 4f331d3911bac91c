package dev.parley.platform;

import java.time.Duration;

/** A platform did not take what was sent. The message holds no secret and nobody's text. */
public class PlatformException extends Exception {
  private static final long serialVersionUID = 1;

  /** What the sender can do. */
  public enum Kind {
    /**
     * Too many requests: send nothing more to this place for {@link
     * PlatformException#retryAfter()}.
     */
    RATE_LIMITED,
    /** Nothing arrived: try again. */
    UNREACHABLE,
    /** It may have arrived: never post the same text as a second message. */
    UNKNOWN_OUTCOME,
    /** The message is gone: give it up. */
    GONE,
    /** Parley may not write in this place any more: give up whatever is for it. */
    CLOSED,
    /** The platform takes it never: too long, badly formed. */
    REFUSED
  }

  private final Kind kind;
  private final Duration retryAfter;

  public PlatformException(Kind kind, Duration retryAfter, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public PlatformException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.retryAfter = Duration.ZERO;
  }

  public Kind kind() {
    return kind;
  }

  /** How long to wait; zero where the platform did not say. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
