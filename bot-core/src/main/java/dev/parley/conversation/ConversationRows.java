package dev.parley.conversation;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** How a conversation stands in its table. */
final class ConversationRows {
  /** Columns to select, with the table as {@code c}. */
  static final String COLUMNS =
      """
      c.id AS conversation_id, c.platform, c.place, c.person, c.title, c.active_leaf, c.summary,
      c.summary_up_to, c.prompt_start, c.created_at AS conversation_created_at, c.used_at
      """;

  /** Condition for {@link #bindOwner}, with the table as {@code c}. */
  static final String OWNED =
      """
      c.platform = :platform AND c.place = :place AND c.person IS NOT DISTINCT FROM :person
      """;

  private ConversationRows() {}

  static <S extends SqlStatement<S>> S bindOwner(S statement, Owner owner) {
    return statement
        .bind("platform", owner.place().platform())
        .bind("place", owner.place().id())
        .bind("person", owner.person().map(PersonId::id));
  }

  static Conversation map(ResultSet row, StatementContext context) throws SQLException {
    String platform = row.getString("platform");
    Optional<MessageId> summaryUpTo = messageId(row, "summary_up_to");
    Optional<String> summary = Optional.ofNullable(row.getString("summary"));
    return new Conversation(
        new ConversationId(row.getLong("conversation_id")),
        new Owner(
            new PlaceId(platform, row.getString("place")),
            Optional.ofNullable(row.getString("person")).map(id -> new PersonId(platform, id))),
        Optional.ofNullable(row.getString("title")),
        messageId(row, "active_leaf"),
        summaryUpTo.flatMap(upTo -> summary.map(text -> new Conversation.Summary(text, upTo))),
        messageId(row, "prompt_start"),
        Instant.ofEpochMilli(row.getLong("conversation_created_at")),
        Instant.ofEpochMilli(row.getLong("used_at")));
  }

  private static Optional<MessageId> messageId(ResultSet row, String column) throws SQLException {
    long id = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(new MessageId(id));
  }
}
