package dev.parley.reply;

import dev.parley.conversation.ConversationId;
import dev.parley.conversation.MessageId;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** How a reply stands in its table. */
final class ReplyRows {
  static final String SELECT =
      """
      SELECT r.id, a.conversation, r.question, r.answer, r.platform, r.place, r.person, r.state,
        r.continuation, r.attempts, r.error_case, r.created_at,
        (SELECT p.id FROM platform_message p
          WHERE p.message = r.question ORDER BY p.part LIMIT 1) AS platform_question
      FROM reply r JOIN message a ON a.id = r.answer
      """;

  private ReplyRows() {}

  static Reply map(ResultSet row, StatementContext context) throws SQLException {
    String platform = row.getString("platform");
    return new Reply(
        new ReplyId(row.getLong("id")),
        new ConversationId(row.getLong("conversation")),
        new MessageId(row.getLong("question")),
        new MessageId(row.getLong("answer")),
        new PlaceId(platform, row.getString("place")),
        new PersonId(platform, row.getString("person")),
        ReplyState.ofStored(row.getString("state")),
        row.getBoolean("continuation"),
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("platform_question")),
        Optional.ofNullable(row.getString("error_case")),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
