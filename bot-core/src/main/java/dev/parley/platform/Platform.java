package dev.parley.platform;

import java.util.Optional;

/**
 * A chat platform, found with {@link java.util.ServiceLoader} or wired by the launcher.
 * Thread-safe.
 */
public interface Platform extends AutoCloseable {
  /** Lower-case name, the same for ever: it is part of stored ids. */
  String name();

  PlatformLimits limits();

  /** Connects and begins to hand events to the core. */
  void start(Inbox inbox);

  /**
   * Opens the way for one reply; also for a reply that a crash interrupted, so the ids may come
   * from the database.
   *
   * @param question the platform's id of the message that is answered, which the first part refers
   *     to
   */
  ReplyChannel open(PlaceId place, Optional<String> question);

  /** Stops taking events and disconnects; replies that run end first, by the core. */
  @Override
  void close();
}
