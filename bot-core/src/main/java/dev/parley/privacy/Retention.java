package dev.parley.privacy;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Deletes what is older than it may be: a question with its answers goes when either the person's
 * days or those of the place are over, whichever are fewer; what was objected to goes with them,
 * and after a month anyway. Thread-safe.
 */
public final class Retention {
  /** After which nobody looks at what was objected to any more. */
  private static final Duration LONGEST_CASE = Duration.ofDays(30);

  private final Database database;
  private final Settings settings;
  private final InstantSource clock;

  public Retention(Database database, Settings settings, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** After how many days a person's messages in a place are deleted; 0 for never. */
  public static int days(Settings settings, PersonId person, PlaceId place) {
    int own = settings.resolve(Setting.KEEP_DAYS, person).value();
    int here = settings.resolve(Setting.KEEP_DAYS, place).value();
    return own == 0 || here == 0 ? Math.max(own, here) : Math.min(own, here);
  }

  /**
   * Deletes what is due now.
   *
   * @return how many messages, answers included
   */
  public int sweep() {
    removeCases(LONGEST_CASE, "TRUE", Map.of());
    int deleted = 0;
    for (PersonId person : people()) {
      int days = settings.resolve(Setting.KEEP_DAYS, person).value();
      deleted +=
          remove(
              days,
              "q.author_platform = :platform AND q.author = :id",
              "platform = :platform AND person = :id",
              person.platform(),
              person.id());
    }
    for (PlaceId place : places()) {
      int days = settings.resolve(Setting.KEEP_DAYS, place).value();
      deleted +=
          remove(
              days,
              "c.platform = :platform AND c.place = :id",
              "platform = :platform AND place = :id",
              place.platform(),
              place.id());
    }
    if (deleted > 0) {
      database.clean();
    }
    return deleted;
  }

  /** Those who chose for themselves. */
  private List<PersonId> people() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT platform, id FROM setting WHERE scope = 'person' AND key = :key")
                .bind("key", Setting.KEEP_DAYS.key())
                .map((row, context) -> new PersonId(row.getString(1), row.getString(2)))
                .list());
  }

  /** Those in which anything is kept. */
  private List<PlaceId> places() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT platform, place FROM conversation
                    UNION SELECT platform, place FROM moderation_case
                    """)
                .map((row, context) -> new PlaceId(row.getString(1), row.getString(2)))
                .list());
  }

  private int remove(int days, String whose, String whoseCases, String platform, String id) {
    if (days == 0) {
      return 0;
    }
    removeCases(Duration.ofDays(days), whoseCases, Map.of("platform", platform, "id", id));
    Instant before = clock.instant().minus(Duration.ofDays(days));
    return database.write(
        (Handle handle) ->
            Removal.exchanges(
                handle,
                whose + " AND q.created_at < :before",
                statement ->
                    statement
                        .bind("platform", platform)
                        .bind("id", id)
                        .bind("before", before.toEpochMilli())));
  }

  /** What was objected to longer ago than this. */
  private void removeCases(Duration age, String whose, Map<String, String> values) {
    database.update(
        handle ->
            handle
                .createUpdate("DELETE FROM moderation_case WHERE created_at < :before AND " + whose)
                .bindMap(values)
                .bind("before", clock.instant().minus(age).toEpochMilli())
                .execute());
  }
}
