package dev.parley.platform;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/**
 * A chat platform, found with {@link java.util.ServiceLoader} or wired by the launcher.
 * Thread-safe.
 */
public interface Platform extends AutoCloseable {
  /** Lower-case name, the same for ever: it is part of stored ids. */
  String name();

  PlatformLimits limits();

  /** What it has beyond messages and buttons. */
  default Set<Feature> features() {
    return Set.of();
  }

  /** Whether it shows Parley every message of a group, rather than only those meant for it. */
  default boolean seesEverything() {
    return true;
  }

  /** Whether it can say something to somebody who is not there just now. */
  default boolean reachesPeople() {
    return true;
  }

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

  /**
   * Opens a side room that begins with a message.
   *
   * @param messageId of a message in the place
   * @param name for people, of any length
   * @return the room; empty where there can be none
   */
  default Optional<Place> openThread(PlaceId place, String messageId, String name) {
    return Optional.empty();
  }

  /**
   * Deletes what it keeps of a person itself, beside the core's database.
   *
   * @throws UncheckedIOException where that fails: it is asked again
   */
  default void forget(PersonId person) {}

  /** Stops taking events and disconnects; replies that run end first, by the core. */
  @Override
  void close();
}
