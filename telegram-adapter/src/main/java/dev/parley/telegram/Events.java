package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * Updates that were taken: those that are not handled yet, and the numbers of those that are.
 * Thread-safe.
 */
final class Events {
  private static final Logger log = LoggerFactory.getLogger(Events.class);

  /** Telegram itself keeps updates for a day. */
  private static final Duration KEPT = Duration.ofDays(2);

  private static final int FORGET_EVERY = 1_000;

  private final Database database;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();

  Events(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * When this returns they are on the disk.
   *
   * @return those that were never taken before: Telegram may deliver an update again
   */
  List<Update> take(List<Update> updates) {
    return database.write(
        handle -> {
          List<Update> fresh = new ArrayList<>();
          for (Update update : updates) {
            int added =
                handle
                    .createUpdate(
                        """
                        INSERT INTO incoming_event (platform, id, body, taken_at)
                        VALUES (:platform, :id, :body, :now) ON CONFLICT DO NOTHING
                        """)
                    .bind("platform", TelegramPlatform.NAME)
                    .bind("id", update.getUpdateId())
                    .bind("body", write(update))
                    .bind("now", clock.millis())
                    .execute();
            if (added == 1) {
              fresh.add(update);
            }
          }
          if (fresh.stream().anyMatch(update -> update.getUpdateId() % FORGET_EVERY == 0)) {
            forget(handle);
          }
          return fresh;
        });
  }

  private void forget(Handle handle) {
    handle
        .createUpdate(
            """
            DELETE FROM incoming_event
            WHERE platform = :platform AND body = '' AND taken_at < :before
            """)
        .bind("platform", TelegramPlatform.NAME)
        .bind("before", clock.instant().minus(KEPT).toEpochMilli())
        .execute();
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

  /** What an earlier process left, oldest first, as it had gathered it. */
  List<Lane.Gathered> left() {
    List<Stored> stored =
        database.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT gathered_by, body FROM incoming_event
                        WHERE platform = :platform AND body <> '' ORDER BY id
                        """)
                    .bind("platform", TelegramPlatform.NAME)
                    .map(
                        (row, context) ->
                            new Stored(
                                Optional.ofNullable((Integer) row.getObject("gathered_by")),
                                read(row.getString("body"))))
                    .list());
    Map<Integer, List<Update>> together = new HashMap<>();
    List<Lane.Gathered> left = new ArrayList<>();
    for (Stored each : stored) {
      each.by.ifPresent(
          by -> together.computeIfAbsent(by, key -> new ArrayList<>()).addAll(each.update));
    }
    for (Stored each : stored) {
      if (each.by.isEmpty()) {
        each.update.forEach(update -> left.add(Lane.Gathered.alone(update)));
      } else {
        Optional.ofNullable(together.remove(each.by.get()))
            .filter(updates -> !updates.isEmpty())
            .ifPresent(updates -> left.add(new Lane.Gathered(updates, true)));
      }
    }
    return left;
  }

  /** As it is stored; without the update where that cannot be read. */
  private record Stored(Optional<Integer> by, List<Update> update) {}

  /** These are handled as one from now on. */
  void gathered(List<Update> updates) {
    forEach(
        updates,
        "UPDATE incoming_event SET gathered_by = %d WHERE platform = :platform AND id = :id"
            .formatted(updates.getFirst().getUpdateId()));
  }

  /** Of what was handled only the number is kept, to know it again. */
  void handled(List<Update> updates) {
    forEach(updates, "UPDATE incoming_event SET body = '' WHERE platform = :platform AND id = :id");
  }

  private void forEach(List<Update> updates, String statement) {
    database.update(
        handle -> {
          for (Update update : updates) {
            handle
                .createUpdate(statement)
                .bind("platform", TelegramPlatform.NAME)
                .bind("id", update.getUpdateId())
                .execute();
          }
        });
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
      return List.of(UpdateReader.complete(json.readValue(body, Update.class)));
    } catch (JsonProcessingException e) {
      log.error("A stored update cannot be read", e);
      return List.of();
    }
  }
}
