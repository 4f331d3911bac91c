package dev.parley.moderation;

import dev.parley.person.Places;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** What was objected to, for the admins of a place to look at. Thread-safe. */
public final class CaseStore {
  /** Characters that are kept of a text. */
  private static final int LONGEST = 4_000;

  private static final String SELECT =
      """
      SELECT id, platform, place, person, side, finding, blocked, text, created_at, appealed,
        released
      FROM moderation_case
      """;

  private final Database database;
  private final InstantSource clock;

  public CaseStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Keeps a text; person and place must be known. Returns the number of its case. */
  public long add(
      PlaceId place, PersonId person, Side side, Finding finding, boolean blocked, String text) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO moderation_case
                      (platform, place, person, side, finding, blocked, text, created_at)
                    VALUES (:platform, :place, :person, :side, :finding, :blocked, :text, :now)
                    RETURNING id
                    """)
                .bind("platform", place.platform())
                .bind("place", place.id())
                .bind("person", person.id())
                .bind("side", side.key())
                .bind("finding", finding.key())
                .bind("blocked", blocked)
                .bind("text", beginning(text))
                .bind("now", clock.millis())
                .mapTo(Long.class)
                .one());
  }

  public Optional<Case> find(long id) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map(CaseStore::map)
                .findOne());
  }

  /**
   * Asks the admins to look.
   *
   * @return whether nobody looked so far
   */
  public boolean appeal(long id) {
    return database.write(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE moderation_case SET appealed = 1
                        WHERE id = :id AND released IS NULL
                        """)
                    .bind("id", id)
                    .execute())
        > 0;
  }

  /**
   * Keeps what an admin found.
   *
   * @return whether it was the first word on it
   */
  public boolean decide(long id, boolean released) {
    return database.write(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE moderation_case SET released = :released
                        WHERE id = :id AND released IS NULL
                        """)
                    .bind("released", released)
                    .bind("id", id)
                    .execute())
        > 0;
  }

  /**
   * Those of a place and what lies in it at which nobody looked: appeals first, then the newest.
   */
  public List<Case> open(PlaceId place, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    Places.INSIDE
                        + SELECT
                        + """
                        WHERE platform = :platform AND place IN (SELECT id FROM inside)
                          AND released IS NULL
                        ORDER BY appealed DESC, id DESC LIMIT :most
                        """)
                .bind("platform", place.platform())
                .bind("place", place.id())
                .bind("most", most)
                .map(CaseStore::map)
                .list());
  }

  /** Those of all private chats at which nobody looked, as {@link #open}. */
  public List<Case> openInPrivate(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + """
                        WHERE released IS NULL AND (platform, place) IN (
                          SELECT platform, id FROM place WHERE kind = 'PRIVATE')
                        ORDER BY appealed DESC, id DESC LIMIT :most
                        """)
                .bind("most", most)
                .map(CaseStore::map)
                .list());
  }

  /** Whether an admin found this very text fine in a place. */
  boolean isReleased(PlaceId place, String text) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT 1 FROM moderation_case
                      WHERE platform = :platform AND place = :place AND released = 1
                        AND text = :text)
                    """)
                .bind("platform", place.platform())
                .bind("place", place.id())
                .bind("text", beginning(text))
                .mapTo(Boolean.class)
                .one());
  }

  /** Cut between characters. */
  private static String beginning(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  private static Case map(ResultSet row, StatementContext context) throws SQLException {
    String platform = row.getString("platform");
    boolean released = row.getBoolean("released");
    Optional<Boolean> found = row.wasNull() ? Optional.empty() : Optional.of(released);
    return new Case(
        row.getLong("id"),
        new PlaceId(platform, row.getString("place")),
        new PersonId(platform, row.getString("person")),
        Side.of(row.getString("side")),
        Finding.ofKey(row.getString("finding")),
        row.getBoolean("blocked"),
        row.getString("text"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getBoolean("appealed"),
        found);
  }
}
