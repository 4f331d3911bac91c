package dev.parley.discord;

import dev.parley.storage.Database;
import dev.parley.storage.DatabaseException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Instead of a connection's number: since the process began. */
  private static final int START = -1;

  private final Database database;
  private final NavigableSet<Long> handling = new ConcurrentSkipListSet<>();
  private final AtomicLong newest = new AtomicLong();
  private final AtomicLong saved = new AtomicLong();

  /** By connection, up to where everything was handled when it broke. */
  private final Map<Integer, Long> held = new ConcurrentHashMap<>();

  /** How often each connection lost its session, and after which loss it was looked. */
  private final Map<Integer, Integer> losses = new ConcurrentHashMap<>();

  private final Map<Integer, Integer> looked = new ConcurrentHashMap<>();

  Progress(Database database) {
    this.database = database;
    long before = load();
    newest.set(before);
    saved.set(before);
    if (before > 0) {
      held.put(START, before);
    }
  }

  /** A message is about to be handled; the first of all is written down as what comes next. */
  void begin(long message) {
    handling.add(message);
    if (newest.compareAndSet(0, message - 1)) {
      save();
    }
  }

  void end(long message) {
    newest.accumulateAndGet(message, Math::max);
    handling.remove(message);
  }

  /** A connection broke: what comes now by others says nothing of it. */
  void hold(int shard) {
    held.putIfAbsent(shard, position());
  }

  /** A connection's session is lost: what it missed does not come by itself. */
  void lose(int shard) {
    hold(shard);
    losses.merge(shard, 1, Integer::sum);
  }

  /** How often a connection lost its session. */
  int losses(int shard) {
    return losses.getOrDefault(shard, 0);
  }

  /** Whether what a connection missed must be looked for. */
  boolean mustLook(int shard) {
    int neverLooked = held.containsKey(START) ? -1 : 0;
    return losses(shard) > looked.getOrDefault(shard, neverLooked);
  }

  /** Where to begin to look for what a connection missed; 0 where nothing was missed. */
  long missedSince(int shard) {
    long sinceStart = looked.containsKey(shard) ? 0 : held.getOrDefault(START, 0L);
    return held.getOrDefault(shard, sinceStart);
  }

  /**
   * What a connection missed up to one of its losses is found, or about to be handled.
   *
   * @param connections how many there are: once each has looked, the process has caught up
   */
  void release(int shard, int loss, int connections) {
    if (losses(shard) == loss) { // else it was lost again, and will be looked again
      looked.put(shard, loss);
      held.remove(shard);
    }
    if (looked.size() >= connections) {
      held.remove(START);
    }
  }

  /** Everything up to this one was handled; 0 where nothing is known. */
  long position() {
    long position = newest.get();
    for (long since : held.values()) {
      position = Math.min(position, since);
    }
    return handling.isEmpty() ? position : Math.min(position, handling.first() - 1);
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
