package dev.parley.learning;

import dev.parley.storage.Database;
import java.time.Instant;

/** What people thought of the answers of each version. Thread-safe. */
public final class VersionRatings {
  private final Database database;

  public VersionRatings(Database database) {
    this.database = database;
  }

  /**
   * The votes on a version's answers to what was asked since an instant.
   *
   * @param version as answers record it
   */
  public Votes since(Instant since, String version) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(sum(CASE r.thumb WHEN 'up' THEN 1 ELSE 0 END), 0) AS good,
                      coalesce(sum(CASE r.thumb WHEN 'down' THEN 1 ELSE 0 END), 0) AS bad
                    FROM message m JOIN rating r ON r.message = m.id
                    WHERE m.model_version = :version AND m.created_at >= :since
                    """)
                .bind("version", version)
                .bind("since", since.toEpochMilli())
                .map((row, context) -> new Votes(row.getInt("good"), row.getInt("bad")))
                .one());
  }
}
