package dev.parley.learning;

import dev.parley.conversation.MessageId;
import dev.parley.platform.PersonId;
import dev.parley.platform.Thumb;
import dev.parley.rating.Reason;
import dev.parley.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** What people said or showed of answers that still stand, of those who agreed. Thread-safe. */
final class SignalStore {
  private final Database database;

  SignalStore(Database database) {
    this.database = database;
  }

  /** All ratings, by answer. */
  List<Judgement> judgements() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT r.message, r.platform, r.person, r.thumb, r.reason, r.better
                    FROM rating r
                    JOIN learning_consent c ON c.platform = r.platform AND c.person = r.person
                    JOIN message m ON m.id = r.message
                    WHERE m.role = 'assistant' AND m.deleted = 0 AND m.text <> ''
                    ORDER BY r.message, r.platform, r.person
                    """)
                .map(SignalStore::judgement)
                .list());
  }

  /**
   * All pairs of answers to one question of which one was gone on from after both were there, and
   * the other one never; by whoever went on first.
   */
  List<Keeping> keepings() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT kept.id AS kept, other.id AS other, went_on.author_platform AS platform,
                      went_on.author AS person
                    FROM message kept
                    JOIN message other
                      ON other.parent = kept.parent AND other.conversation = kept.conversation
                    JOIN message went_on
                      ON went_on.parent = kept.id AND went_on.conversation = kept.conversation
                    JOIN learning_consent c
                      ON c.platform = went_on.author_platform AND c.person = went_on.author
                    WHERE kept.role = 'assistant' AND kept.deleted = 0 AND kept.text <> ''
                      AND other.id <> kept.id AND other.deleted = 0 AND other.text <> ''
                      AND other.finish_reason <> 'CANCELLED'
                      AND went_on.deleted = 0
                      AND went_on.id = (
                        SELECT min(m.id) FROM message m
                        WHERE m.parent = kept.id AND m.conversation = kept.conversation
                          AND m.deleted = 0 AND m.id > other.id)
                      AND NOT EXISTS (SELECT 1 FROM message m WHERE m.parent = other.id)
                    ORDER BY kept.id, other.id
                    """)
                .map(
                    (row, context) ->
                        new Keeping(
                            new MessageId(row.getLong("kept")),
                            new MessageId(row.getLong("other")),
                            person(row)))
                .list());
  }

  private static Judgement judgement(ResultSet row, StatementContext context) throws SQLException {
    return new Judgement(
        new MessageId(row.getLong("message")),
        person(row),
        Thumb.valueOf(row.getString("thumb").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("reason")).flatMap(Reason::of),
        Optional.ofNullable(row.getString("better")));
  }

  private static PersonId person(ResultSet row) throws SQLException {
    return new PersonId(row.getString("platform"), row.getString("person"));
  }
}
