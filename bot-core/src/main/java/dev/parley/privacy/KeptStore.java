package dev.parley.privacy;

import dev.parley.platform.PersonId;
import dev.parley.storage.Database;
import java.time.Instant;

/** Counts what is kept of people. Thread-safe. */
public final class KeptStore {
  private final Database database;

  public KeptStore(Database database) {
    this.database = database;
  }

  /** What is kept of a person, who must be known. */
  public Kept of(PersonId person) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    WITH own AS (
                      SELECT id, conversation FROM message
                      WHERE author_platform = :platform AND author = :person AND text <> ''
                      UNION ALL
                      SELECT answer.id, answer.conversation
                      FROM message question JOIN message answer ON answer.parent = question.id
                      WHERE question.author_platform = :platform AND question.author = :person
                        AND answer.role = 'assistant' AND answer.text <> '')
                    SELECT
                      (SELECT count(*) FROM own) AS messages,
                      (SELECT count(DISTINCT conversation) FROM own) AS conversations,
                      (SELECT coalesce(sum((about <> '') + (style <> '')), 0)
                        FROM custom_instructions
                        WHERE platform = :platform AND person = :person) AS instructions,
                      (SELECT count(*) FROM rating
                        WHERE platform = :platform AND person = :person)
                      + (SELECT count(*) FROM comparison
                        WHERE platform = :platform AND person = :person AND choice IS NOT NULL)
                        AS ratings,
                      (SELECT first_seen FROM person
                        WHERE platform = :platform AND id = :person) AS since
                    """)
                .bind("platform", person.platform())
                .bind("person", person.id())
                .map(
                    (row, context) ->
                        new Kept(
                            row.getInt("messages"),
                            row.getInt("conversations"),
                            row.getInt("instructions"),
                            row.getInt("ratings"),
                            Instant.ofEpochMilli(row.getLong("since"))))
                .one());
  }
}
