package dev.parley.discord;

import dev.parley.platform.PlatformLimits;
import java.time.Duration;

/** What Discord allows, by its documentation for developers. */
final class Limits {
  /** Of a message, in UTF-16 units, with all its marks. */
  static final int MESSAGE_LENGTH = 2_000;

  static final int ROWS = 5;
  static final int BUTTONS_IN_ROW = 5;
  static final int MENU_OPTIONS = 25;
  static final int LABEL_LENGTH = 80;
  static final int MENU_LABEL_LENGTH = 100;
  static final int CHOICE_LENGTH = 100;
  static final int CHOICES = 25;
  static final int FIELD_LABEL_LENGTH = 45;
  static final int FIELD_LENGTH = 4_000;

  /** To a command where the bot itself is not. */
  static final int FOLLOW_UPS = 5;

  static final int THREAD_NAME_LENGTH = 100;

  /** Of messages that one request for a channel's history gives. */
  static final int HISTORY = 100;

  /** An interaction has to be answered within three seconds. */
  static final Duration ANSWER = Duration.ofMillis(1_500);

  /** Fifteen minutes after an interaction its answer can be changed no more; with time to spare. */
  static final Duration INTERACTION = Duration.ofMinutes(14);

  /** The same nonce makes one message of two for a few minutes: as long as that surely is. */
  static final Duration NONCE = Duration.ofMinutes(1);

  /** Five edits in five seconds in a channel. */
  private static final Duration EDITS = Duration.ofMillis(1_200);

  /** The typing sign ends by itself after ten seconds. */
  private static final Duration TYPING = Duration.ofSeconds(8);

  static final PlatformLimits PLATFORM = new PlatformLimits(MESSAGE_LENGTH, EDITS, TYPING, "");

  private Limits() {}
}
