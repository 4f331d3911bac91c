package dev.parley.conversation;

import dev.parley.storage.Database;
import java.time.Instant;
import java.time.InstantSource;

/** Which events were taken already, since platforms deliver some twice. Thread-safe. */
public final class SeenEvents {
  private final Database database;
  private final InstantSource clock;

  public SeenEvents(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whether the event is new; from now on it is not. */
  public boolean first(String platform, String eventId) {
    return database.write(
        handle ->
            handle
                    .createUpdate(
                        """
                        INSERT INTO event_seen (platform, id, seen_at)
                        VALUES (:platform, :id, :now)
                        ON CONFLICT DO NOTHING
                        """)
                    .bind("platform", platform)
                    .bind("id", eventId)
                    .bind("now", clock.millis())
                    .execute()
                == 1);
  }

  /** Whether the event was seen before. */
  public boolean knows(String platform, String eventId) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT 1 FROM event_seen WHERE platform = :platform AND id = :id")
                .bind("platform", platform)
                .bind("id", eventId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /**
   * Forgets events seen before an instant: some days ago, when no platform sends them again.
   *
   * @return how many
   */
  public int forgetBefore(Instant instant) {
    return database.write(
        handle ->
            handle
                .createUpdate("DELETE FROM event_seen WHERE seen_at < :before")
                .bind("before", instant.toEpochMilli())
                .execute());
  }
}
