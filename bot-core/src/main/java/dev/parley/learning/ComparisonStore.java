package dev.parley.learning;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Exchange;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.model.FinishReason;
import dev.parley.platform.PersonId;
import dev.parley.reply.ReplyId;
import dev.parley.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** All comparisons, and which answers may become one. Thread-safe. */
public final class ComparisonStore {
  private static final String SELECT =
      """
      SELECT id, answer, platform, person, other, model_version, prompt_tokens, generated_tokens,
        finish_reason, other_first, choice
      FROM comparison
      """;

  private final Database database;
  private final ConversationStore conversations;
  private final MessageTree tree;
  private final InstantSource clock;

  public ComparisonStore(
      Database database, ConversationStore conversations, MessageTree tree, InstantSource clock) {
    this.database = database;
    this.conversations = conversations;
    this.tree = tree;
    this.clock = clock;
  }

  /**
   * Whole answers that arrived since an instant, at which their conversations still stand, of
   * people who agreed; the newest first.
   */
  public List<Candidate> candidates(Instant since, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT r.id, (
                      SELECT count(*) FROM reply d
                      WHERE d.platform = r.platform AND d.person = r.person
                        AND d.state = 'delivered' AND d.continuation = 0
                        AND d.changed_at >= c.given_at
                        AND NOT EXISTS (
                          SELECT 1 FROM comparison x
                          WHERE x.platform = d.platform AND x.person = d.person
                            AND x.offered_at >= d.changed_at)) AS answers
                    FROM reply r
                    JOIN learning_consent c ON c.platform = r.platform AND c.person = r.person
                    JOIN message a ON a.id = r.answer
                    JOIN conversation v ON v.id = a.conversation AND v.active_leaf = a.id
                    WHERE r.changed_at >= :since AND r.state = 'delivered' AND r.continuation = 0
                      AND a.deleted = 0 AND a.text <> ''
                      AND a.finish_reason IN ('END', 'STOP_TEXT')
                      AND NOT EXISTS (SELECT 1 FROM comparison x WHERE x.answer = a.id)
                    ORDER BY r.id DESC LIMIT :most
                    """)
                .bind("since", since.toEpochMilli())
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Candidate(new ReplyId(row.getLong("id")), row.getInt("answers")))
                .list());
  }

  /**
   * Keeps another answer for somebody to compare.
   *
   * @return empty where the conversation went on meanwhile, or the person agrees no longer
   */
  public Optional<Comparison> offer(
      MessageId answer,
      PersonId person,
      String other,
      Message.Origin generation,
      boolean otherFirst) {
    return database.write(
        handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO comparison (answer, platform, person, other, model_version,
                      prompt_tokens, generated_tokens, finish_reason, other_first, offered_at)
                    SELECT a.id, c.platform, c.person, :other, :modelVersion, :promptTokens,
                      :generatedTokens, :finishReason, :otherFirst, :now
                    FROM message a
                    JOIN conversation v ON v.active_leaf = a.id
                    JOIN learning_consent c ON c.platform = :platform AND c.person = :person
                    WHERE a.id = :answer AND v.id = a.conversation AND a.deleted = 0
                    RETURNING id
                    """)
                .bind("answer", answer.value())
                .bind("platform", person.platform())
                .bind("person", person.id())
                .bind("other", other)
                .bind("modelVersion", generation.modelVersion())
                .bind("promptTokens", generation.promptTokens())
                .bind("generatedTokens", generation.generatedTokens())
                .bind("finishReason", generation.finishReason())
                .bind("otherFirst", otherFirst)
                .bind("now", clock.millis())
                .mapTo(Long.class)
                .findOne()
                .flatMap(id -> find(new ComparisonId(id))));
  }

  public Optional<Comparison> find(ComparisonId id) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map(ComparisonStore::map)
                .findOne());
  }

  /**
   * Keeps what somebody said; the first word counts. Where the other answer is the better one, and
   * the conversation still stands at the given one, it becomes the active one beside it.
   *
   * @return the other answer where it became that
   */
  public Optional<Message> choose(ComparisonId id, Choice choice) {
    return database.write(
        handle -> {
          boolean first =
              handle
                      .createUpdate(
                          """
                          UPDATE comparison SET choice = :choice, chosen_at = :now
                          WHERE id = :id AND choice IS NULL
                          """)
                      .bind("choice", choice.stored())
                      .bind("now", clock.millis())
                      .bind("id", id.value())
                      .execute()
                  == 1;
          return first && choice == Choice.OTHER
              ? find(id).filter(this::isStillThere).map(this::insert)
              : Optional.empty();
        });
  }

  private boolean isStillThere(Comparison comparison) {
    return tree.find(comparison.answer())
        .map(Message::conversation)
        .flatMap(conversations::find)
        .flatMap(Conversation::activeLeaf)
        .equals(Optional.of(comparison.answer()));
  }

  private Message insert(Comparison comparison) {
    Exchange another = tree.askAgain(comparison.answer());
    MessageId id = another.answer().id();
    tree.answer(id, comparison.other(), comparison.generation());
    return tree.find(id).orElseThrow();
  }

  /** Those in which one answer was found better by who agrees now; the given one still stands. */
  List<Comparison> decided() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + """
                        WHERE choice IN ('given', 'other')
                          AND (platform, person) IN (SELECT platform, person FROM learning_consent)
                          AND answer IN (SELECT m.id FROM message m WHERE m.deleted = 0)
                        ORDER BY id
                        """)
                .map(ComparisonStore::map)
                .list());
  }

  private static Comparison map(ResultSet row, StatementContext context) throws SQLException {
    return new Comparison(
        new ComparisonId(row.getLong("id")),
        new MessageId(row.getLong("answer")),
        new PersonId(row.getString("platform"), row.getString("person")),
        row.getString("other"),
        new Message.Origin(
            row.getString("model_version"),
            row.getInt("prompt_tokens"),
            row.getInt("generated_tokens"),
            FinishReason.valueOf(row.getString("finish_reason"))),
        row.getBoolean("other_first"),
        Optional.ofNullable(row.getString("choice"))
            .map(choice -> Choice.valueOf(choice.toUpperCase(Locale.ROOT))));
  }
}
