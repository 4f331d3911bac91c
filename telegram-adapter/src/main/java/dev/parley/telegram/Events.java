package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;

/** Updates that were taken, and the numbers of those that were handled. Thread-safe. */
final class Events {
  private static final Logger log = LoggerFactory.getLogger(Events.class);

  /** Telegram keeps an update for a day. */
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private static final int FORGET_EVERY = 1_000;

  private final Database database;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();

  Events(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** When this returns they are on the disk; returns those that were not there already. */
  List<Update> take(List<Update> updates) {
    return database.write(
        handle -> {
          List<Update> taken = updates.stream().filter(update -> insert(handle, update)).toList();
          if (taken.stream().anyMatch(update -> update.getUpdateId() % FORGET_EVERY == 0)) {
            forget(handle);
          }
          return taken;
        });
  }

  /**
   * Takes a turn at writing without changing anything.
   *
   * @throws RuntimeException where nothing can be written
   */
  void probe() {
    database.update(
        handle -> handle.execute("UPDATE incoming_event SET body = '' WHERE platform = ''"));
  }

  private boolean insert(Handle handle, Update update) {
    return handle
            .createUpdate(
                """
                INSERT INTO incoming_event (platform, id, body, taken_at)
                VALUES (:platform, :id, :body, :now) ON CONFLICT DO NOTHING
                """)
            .bind("platform", TelegramPlatform.NAME)
            .bind("id", update.getUpdateId())
            .bind("body", write(update))
            .bind("now", clock.millis())
            .execute()
        > 0;
  }

  private void forget(Handle handle) {
    handle
        .createUpdate(
            """
            DELETE FROM incoming_event
            WHERE platform = :platform AND body = '' AND taken_at < :before
            """)
        .bind("platform", TelegramPlatform.NAME)
        .bind("before", clock.instant().minus(REMEMBERED).toEpochMilli())
        .execute();
  }

  /** What an earlier process left, oldest first. */
  List<Update> left() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT body FROM incoming_event
                    WHERE platform = :platform AND body <> '' ORDER BY id
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .mapTo(String.class)
                .stream()
                .flatMap(body -> read(body).stream())
                .toList());
  }

  /** Its text goes, its number stays: Telegram may deliver it once more. */
  void handled(Update update) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    "UPDATE incoming_event SET body = '' WHERE platform = :platform AND id = :id")
                .bind("platform", TelegramPlatform.NAME)
                .bind("id", update.getUpdateId())
                .execute());
  }

  private String write(Update update) {
    try {
      return json.writeValueAsString(update);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an update that was read cannot be written", e);
    }
  }

  private List<Update> read(String body) {
    try {
      return List.of(json.readValue(body, Update.class));
    } catch (JsonProcessingException e) {
      log.error("A stored update cannot be read", e);
      return List.of();
    }
  }
}
