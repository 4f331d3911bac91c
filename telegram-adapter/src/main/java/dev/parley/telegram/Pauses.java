package dev.parley.telegram;

import dev.parley.storage.Database;
import java.time.Duration;
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

  private final Database database;
  private final InstantSource clock;

  Pauses(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Telegram takes nothing from a chat for so long; what is over is forgotten. */
  void save(long chat, Duration pause) {
    long now = clock.millis();
    try {
      database.update(
          handle -> {
            handle
                .createUpdate("DELETE FROM chat_pause WHERE platform = :platform AND until < :now")
                .bind("platform", TelegramPlatform.NAME)
                .bind("now", now)
                .execute();
            handle
                .createUpdate(
                    """
                    INSERT INTO chat_pause (platform, chat, until, asked)
                    VALUES (:platform, :chat, :until, :asked)
                    ON CONFLICT (platform, chat)
                    DO UPDATE SET until = excluded.until, asked = excluded.asked
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("chat", Long.toString(chat))
                .bind("until", now + pause.toMillis())
                .bind("asked", pause.toMillis())
                .execute();
          });
    } catch (RuntimeException e) {
      log.warn("A pause would be forgotten by a restart: {}", e.getMessage());
    }
  }

  /**
   * For how long each chat must still be left alone: no longer than was asked for, as an earlier
   * process may have had a clock that was ahead.
   */
  Map<Long, Duration> left() {
    long now = clock.millis();
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT chat, min(until - :now, asked) AS remaining FROM chat_pause
                    WHERE platform = :platform AND until > :now
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("now", now)
                .reduceRows(
                    new HashMap<>(),
                    (left, row) -> {
                      left.put(
                          Long.valueOf(row.getColumn("chat", String.class)),
                          Duration.ofMillis(row.getColumn("remaining", Long.class)));
                      return left;
                    }));
  }
}
