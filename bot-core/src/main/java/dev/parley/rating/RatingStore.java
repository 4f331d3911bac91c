package dev.parley.rating;

import dev.parley.conversation.MessageId;
import dev.parley.conversation.SeenEvents;
import dev.parley.platform.PersonId;
import dev.parley.platform.Thumb;
import dev.parley.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * All ratings: one for each answer and person, gone with either. The person must be known.
 * Thread-safe.
 */
public final class RatingStore {
  private static final String OF_PERSON =
      "message = :message AND platform = :platform AND person = :person";

  private final Database database;
  private final SeenEvents events;
  private final InstantSource clock;

  public RatingStore(Database database, SeenEvents events, InstantSource clock) {
    this.database = database;
    this.events = events;
    this.clock = clock;
  }

  public Optional<Rating> find(MessageId answer, PersonId person) {
    return database.read(
        handle ->
            bind(
                    handle.createQuery(
                        "SELECT thumb, source, reason, comment, better FROM rating WHERE "
                            + OF_PERSON),
                    answer,
                    person)
                .map(RatingStore::map)
                .findOne());
  }

  /**
   * A thumb was pressed: it is the rating from now on; where it was already, it is taken back.
   *
   * @param eventId of the press, which counts once however often it comes
   * @return whether the thumb stands now
   */
  public boolean press(String eventId, MessageId answer, PersonId person, Thumb thumb) {
    return database.write(
        handle -> {
          if (!events.first(person.platform(), eventId)) {
            return find(answer, person).filter(rating -> rating.thumb() == thumb).isPresent();
          }
          boolean takenBack =
              bind(
                          handle.createUpdate(
                              "DELETE FROM rating WHERE thumb = :thumb AND source = 'button' AND "
                                  + OF_PERSON),
                          answer,
                          person)
                      .bind("thumb", stored(thumb))
                      .execute()
                  == 1;
          if (!takenBack) {
            rate(handle, answer, person, thumb, Rating.Source.BUTTON);
          }
          return !takenBack;
        });
  }

  /**
   * The person's reaction to the answer is this now. It never changes what a button said, and the
   * same once more changes nothing.
   *
   * @param thumb empty where they took their reaction away, or it says neither
   */
  public void react(MessageId answer, PersonId person, Optional<Thumb> thumb) {
    database.update(
        handle -> {
          if (thumb.isPresent()) {
            rate(handle, answer, person, thumb.get(), Rating.Source.REACTION);
          } else {
            bind(
                    handle.createUpdate(
                        "DELETE FROM rating WHERE source = 'reaction' AND " + OF_PERSON),
                    answer,
                    person)
                .execute();
          }
        });
  }

  /** The answer is bad, for this reason. */
  public void reason(MessageId answer, PersonId person, Reason reason) {
    bad(answer, person, "reason", reason.key());
  }

  /** The answer is bad; why, in the person's words. */
  public void comment(MessageId answer, PersonId person, String comment) {
    bad(answer, person, "comment", comment);
  }

  /** The answer is bad, and this would be a good one. */
  public void better(MessageId answer, PersonId person, String better) {
    bad(answer, person, "better", better);
  }

  private void rate(
      Handle handle, MessageId answer, PersonId person, Thumb thumb, Rating.Source source) {
    bind(
            handle.createUpdate(
                """
                INSERT INTO rating (message, platform, person, thumb, source, rated_at)
                VALUES (:message, :platform, :person, :thumb, :source, :now)
                ON CONFLICT (message, platform, person) DO UPDATE
                SET thumb = excluded.thumb, source = excluded.source, reason = NULL,
                  comment = NULL, better = NULL, rated_at = excluded.rated_at
                WHERE excluded.source = 'button' OR rating.source = 'reaction'
                """),
            answer,
            person)
        .bind("thumb", stored(thumb))
        .bind("source", stored(source))
        .bind("now", clock.millis())
        .execute();
  }

  private void bad(MessageId answer, PersonId person, String column, String value) {
    database.update(
        handle ->
            bind(
                    handle.createUpdate(
                        """
                        INSERT INTO rating (message, platform, person, thumb, source, %1$s, rated_at)
                        VALUES (:message, :platform, :person, 'down', 'button', :value, :now)
                        ON CONFLICT (message, platform, person) DO UPDATE
                        SET thumb = excluded.thumb, source = excluded.source,
                          %1$s = excluded.%1$s, rated_at = excluded.rated_at
                        """
                            .formatted(column)),
                    answer,
                    person)
                .bind("value", value)
                .bind("now", clock.millis())
                .execute());
  }

  private static Rating map(ResultSet row, StatementContext context) throws SQLException {
    return new Rating(
        Thumb.valueOf(row.getString("thumb").toUpperCase(Locale.ROOT)),
        Rating.Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString("reason")).flatMap(Reason::of),
        Optional.ofNullable(row.getString("comment")),
        Optional.ofNullable(row.getString("better")));
  }

  private static String stored(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <S extends SqlStatement<S>> S bind(
      S statement, MessageId answer, PersonId person) {
    return statement
        .bind("message", answer.value())
        .bind("platform", person.platform())
        .bind("person", person.id());
  }
}
