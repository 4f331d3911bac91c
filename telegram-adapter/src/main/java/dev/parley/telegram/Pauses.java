package dev.parley.telegram;

import dev.parley.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chats that Telegram said must be left alone: whoever calls one too early waits twice as long, so
 * a restart must not forget it. Thread-safe.
 */
final class Pauses {
  private static final Logger log = LoggerFactory.getLogger(Pauses.class);

  /**
   * Telegram asks for longer ones in hours of trouble alone, and an earlier process may have had a
   * clock that was ahead: one call too early does less harm than a chat that is left alone for
   * hours.
   */
  static final Duration LONGEST_OF_AN_EARLIER_PROCESS = Duration.ofMinutes(15);

  private final Database database;
  private final InstantSource clock;

  Pauses(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Telegram takes nothing from a chat until then; what is over is forgotten. */
  void save(long chat, Instant until) {
    try {
      database.update(
          handle -> {
            handle
                .createUpdate("DELETE FROM chat_pause WHERE platform = :platform AND until < :now")
                .bind("platform", TelegramPlatform.NAME)
                .bind("now", clock.millis())
                .execute();
            handle
                .createUpdate(
                    """
                    INSERT INTO chat_pause (platform, chat, until)
                    VALUES (:platform, :chat, :until)
                    ON CONFLICT (platform, chat) DO UPDATE SET until = excluded.until
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("chat", Long.toString(chat))
                .bind("until", until.toEpochMilli())
                .execute();
          });
    } catch (RuntimeException e) {
      log.warn("A pause would be forgotten by a restart: {}", e.getMessage());
    }
  }

  /** Until when each chat must be left alone, as far as that is not over. */
  Map<Long, Instant> left() {
    long latest = clock.instant().plus(LONGEST_OF_AN_EARLIER_PROCESS).toEpochMilli();
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT chat, until FROM chat_pause WHERE platform = :platform AND until >"
                        + " :now")
                .bind("platform", TelegramPlatform.NAME)
                .bind("now", clock.millis())
                .reduceRows(
                    new HashMap<>(),
                    (left, row) -> {
                      left.put(
                          Long.valueOf(row.getColumn("chat", String.class)),
                          Instant.ofEpochMilli(
                              Math.min(latest, row.getColumn("until", Long.class))));
                      return left;
                    }));
  }
}
