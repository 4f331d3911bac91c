package dev.parley.telegram;

import dev.parley.platform.PlatformLimits;
import java.time.Duration;

/** What Telegram allows, by its Bot API manual and FAQ. */
final class Limits {
  /** Of a message, in UTF-16 units after its entities were taken out. */
  static final int MESSAGE_LENGTH = 4_096;

  /** Of what a press of a button is answered with. */
  static final int TOAST_LENGTH = 200;

  /** Of one message; those after it would be ignored. */
  static final int ENTITIES = 100;

  /** "Avoid sending more than one message per second" to a chat; short bursts are allowed. */
  static final Rate PRIVATE = new Rate(Duration.ofSeconds(1), 3);

  /** 20 a minute in a group: a burst and fifteen more. */
  static final Rate GROUP = new Rate(Duration.ofSeconds(4), 5);

  /** 30 a second in all: a burst and twenty-five more. */
  static final Rate ALL = new Rate(Duration.ofMillis(40), 5);

  /** The longest time that Telegram counts in. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** The typing sign ends by itself after five seconds. */
  private static final Duration TYPING = Duration.ofSeconds(4);

  static final PlatformLimits PLATFORM =
      new PlatformLimits(MESSAGE_LENGTH, PRIVATE.interval(), TYPING, "");

  private Limits() {}

  /**
   * How often something may happen.
   *
   * @param interval between two in the long run
   * @param burst how many may come at once after a rest
   */
  record Rate(Duration interval, int burst) {}
}
