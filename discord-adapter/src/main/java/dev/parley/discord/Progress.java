package dev.parley.discord;

import dev.parley.storage.Database;
import dev.parley.storage.DatabaseException;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to which message everything was handled: what is newer is looked for after a time without
 * connection. Messages of all channels are numbered by their time. Thread-safe.
 */
final class Progress {
  private static final Logger log = LoggerFactory.getLogger(Progress.class);

  private final Database database;
  private final NavigableSet<Long> handling = new ConcurrentSkipListSet<>();
  private final AtomicLong newest = new AtomicLong();
  private final AtomicLong saved = new AtomicLong();

  Progress(Database database) {
    this.database = database;
    long before = load();
    newest.set(before);
    saved.set(before);
  }

  void begin(long message) {
    handling.add(message);
  }

  void end(long message) {
    newest.accumulateAndGet(message, Math::max);
    handling.remove(message);
  }

  /** Everything up to this one was handled; 0 where nothing is known. */
  long position() {
    long all = newest.get();
    Long oldest = handling.isEmpty() ? null : handling.first();
    return oldest == null ? all : Math.min(all, oldest - 1);
  }

  /** As it was when the process began, or was written down last. */
  long saved() {
    return saved.get();
  }

  void save() {
    long position = position();
    if (position <= saved.get()) {
      return;
    }
    try {
      database.update(
          handle ->
              handle
                  .createUpdate(
                      """
                      INSERT INTO cursor (platform, position) VALUES (:platform, :position)
                      ON CONFLICT (platform) DO UPDATE SET position = excluded.position
                      """)
                  .bind("platform", DiscordPlatform.NAME)
                  .bind("position", position)
                  .execute());
      saved.set(position);
    } catch (DatabaseException e) {
      log.debug("How far messages were handled is not remembered: {}", e.getMessage());
    }
  }

  private long load() {
    Optional<Long> position =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT position FROM cursor WHERE platform = :platform")
                    .bind("platform", DiscordPlatform.NAME)
                    .mapTo(Long.class)
                    .findOne());
    return position.orElse(0L);
  }
}
