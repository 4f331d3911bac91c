package dev.parley.conversation;

import dev.parley.platform.Arrivals;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which message of a platform shows which message of a conversation: one message may need several
 * of the platform's, its parts. Thread-safe.
 */
public final class PlatformMessages {
  private final Database database;
  private final Arrivals<PlaceId> arriving = new Arrivals<>();

  public PlatformMessages(Database database) {
    this.database = database;
  }

  /** The message that a platform's message shows, whole or a part of it. */
  public Optional<MessageId> find(PlaceId place, String platformMessageId) {
    return arriving.find(place::equals, () -> load(place, platformMessageId));
  }

  private Optional<MessageId> load(PlaceId place, String platformMessageId) {
    return database.read(
        handle ->
            bind(
                    handle.createQuery(
                        """
                        SELECT message FROM platform_message
                        WHERE platform = :platform AND place = :place AND id = :id
                        """),
                    place,
                    platformMessageId)
                .map((row, context) -> new MessageId(row.getLong("message")))
                .findOne());
  }

  /** The same where the message stands in the place or in one that lies in it, such as a topic. */
  public Optional<MessageId> findWithin(PlaceId place, String platformMessageId) {
    // which places lie in it is seldom worth a question of its own
    return arriving.find(
        other -> other.platform().equals(place.platform()),
        () -> loadWithin(place, platformMessageId));
  }

  private Optional<MessageId> loadWithin(PlaceId place, String platformMessageId) {
    return database.read(
        handle ->
            bind(
                    handle.createQuery(
                        """
                        SELECT message FROM platform_message
                        WHERE platform = :platform AND id = :id AND place IN (
                          SELECT :place
                          UNION
                          SELECT id FROM place WHERE platform = :platform AND parent = :place)
                        """),
                    place,
                    platformMessageId)
                .map((row, context) -> new MessageId(row.getLong("message")))
                .findFirst());
  }

  /** A message is about to be posted; closed once {@link #show} said what it shows. */
  public Arrivals<PlaceId>.Arrival arriving(PlaceId place) {
    return arriving.begin(place);
  }

  /** The platform's messages that show a message, in the order of their parts. */
  public List<String> showing(MessageId message) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM platform_message WHERE message = :message ORDER BY part")
                .bind("message", message.value())
                .mapTo(String.class)
                .list());
  }

  /** Remembers that a platform's message from now on shows a part, counted from 0, of a message. */
  public void show(PlaceId place, String platformMessageId, MessageId message, int part) {
    database.update(
        handle ->
            bind(
                    handle.createUpdate(
                        """
                        INSERT INTO platform_message (platform, place, id, message, part)
                        VALUES (:platform, :place, :id, :message, :part)
                        ON CONFLICT (platform, place, id)
                        DO UPDATE SET message = excluded.message, part = excluded.part
                        """),
                    place,
                    platformMessageId)
                .bind("message", message.value())
                .bind("part", part)
                .execute());
  }

  /** The platform's messages that showed any answer to a question show this one from now on. */
  public void showAnswer(MessageId question, MessageId answer) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE platform_message SET message = :answer
                    WHERE message IN (SELECT id FROM message WHERE parent = :question)
                    """)
                .bind("answer", answer.value())
                .bind("question", question.value())
                .execute());
  }

  /** Whether a platform's message shows a part of an answer that is not its beginning. */
  public boolean isLaterPart(PlaceId place, String platformMessageId) {
    return database.read(
        handle ->
            bind(
                        handle.createQuery(
                            """
                            SELECT count(*) FROM platform_message
                            WHERE platform = :platform AND place = :place AND id = :id AND part > 0
                            """),
                        place,
                        platformMessageId)
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  /** Forgets a platform's message that is gone. */
  public void forget(PlaceId place, String platformMessageId) {
    database.update(
        handle ->
            bind(
                    handle.createUpdate(
                        """
                        DELETE FROM platform_message
                        WHERE platform = :platform AND place = :place AND id = :id
                        """),
                    place,
                    platformMessageId)
                .execute());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, PlaceId place, String id) {
    return statement.bind("platform", place.platform()).bind("place", place.id()).bind("id", id);
  }
}
