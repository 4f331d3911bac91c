package dev.parley.conversation;

import dev.parley.model.FinishReason;
import dev.parley.model.Role;
import dev.parley.platform.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** How a message stands in its table. */
final class MessageRows {
  /** Columns to select, with the table as {@code m}. */
  static final String COLUMNS =
      """
      m.id, m.conversation, m.parent, m.role, m.text, m.author_platform, m.author, m.author_name,
      m.model_version, m.prompt_tokens, m.generated_tokens, m.finish_reason, m.created_at, m.deleted
      """;

  private MessageRows() {}

  static MessageId insertQuestion(
      Handle handle,
      ConversationId conversation,
      Optional<MessageId> parent,
      String text,
      Message.Author author,
      Instant now) {
    return handle
        .createQuery(
            """
            INSERT INTO message (conversation, parent, role, text, author_platform, author,
              author_name, created_at)
            VALUES (:conversation, :parent, 'user', :text, :platform, :author, :name, :now)
            RETURNING id
            """)
        .bind("conversation", conversation.value())
        .bind("parent", parent.map(MessageId::value))
        .bind("text", text)
        .bind("platform", author.id().platform())
        .bind("author", author.id().id())
        .bind("name", author.name())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> new MessageId(row.getLong("id")))
        .one();
  }

  static MessageId insertAnswer(
      Handle handle, ConversationId conversation, MessageId question, Instant now) {
    return handle
        .createQuery(
            """
            INSERT INTO message (conversation, parent, role, text, created_at)
            VALUES (:conversation, :question, 'assistant', '', :now)
            RETURNING id
            """)
        .bind("conversation", conversation.value())
        .bind("question", question.value())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> new MessageId(row.getLong("id")))
        .one();
  }

  static Message map(ResultSet row, StatementContext context) throws SQLException {
    long parent = row.getLong("parent");
    return new Message(
        new MessageId(row.getLong("id")),
        new ConversationId(row.getLong("conversation")),
        parent == 0 ? Optional.empty() : Optional.of(new MessageId(parent)),
        row.getString("role").equals(Role.USER.wireName()) ? Role.USER : Role.ASSISTANT,
        row.getString("text"),
        author(row),
        generation(row),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getBoolean("deleted"));
  }

  private static Optional<Message.Author> author(ResultSet row) throws SQLException {
    String platform = row.getString("author_platform");
    return platform == null
        ? Optional.empty()
        : Optional.of(
            new Message.Author(
                new PersonId(platform, row.getString("author")), row.getString("author_name")));
  }

  private static Optional<Message.Origin> generation(ResultSet row) throws SQLException {
    String modelVersion = row.getString("model_version");
    return modelVersion == null
        ? Optional.empty()
        : Optional.of(
            new Message.Origin(
                modelVersion,
                row.getInt("prompt_tokens"),
                row.getInt("generated_tokens"),
                FinishReason.valueOf(row.getString("finish_reason"))));
  }
}
