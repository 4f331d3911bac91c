package dev.parley.conversation;

import static dev.parley.conversation.MessageRows.COLUMNS;
import static dev.parley.conversation.MessageRows.insertAnswer;
import static dev.parley.conversation.MessageRows.insertQuestion;

import dev.parley.model.Role;
import dev.parley.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What was said: questions and answers as trees, and which path through a tree is active. Nothing
 * here ever removes a node. Thread-safe.
 */
public final class MessageTree {
  private static final String EXCHANGE =
      "(SELECT id FROM message WHERE id = :question OR parent = :question)";

  /** A title is dropped where it may tell of the question, also of those who branched off there. */
  private static final List<String> DELETION =
      List.of(
          "DELETE FROM rating WHERE message IN " + EXCHANGE,
          "DELETE FROM comparison WHERE answer IN " + EXCHANGE,
          """
          UPDATE conversation SET title = NULL
          WHERE id IN (
              WITH RECURSIVE below (id) AS (
                SELECT :question
                UNION
                SELECT m.id FROM below JOIN message m ON m.parent = below.id)
              SELECT m.conversation FROM below JOIN message m ON m.id = below.id)
            AND NOT EXISTS (
              WITH RECURSIVE above (id) AS (
                SELECT parent FROM message WHERE id = :question
                UNION
                SELECT m.parent FROM above JOIN message m ON m.id = above.id)
              SELECT 1 FROM above JOIN message m ON m.id = above.id
              WHERE m.role = 'user' AND m.deleted = 0)
          """,
          "UPDATE message SET deleted = 1, text = '' WHERE id = :question OR parent = :question");

  private final Database database;
  private final ConversationStore conversations;
  private final InstantSource clock;

  public MessageTree(Database database, ConversationStore conversations, InstantSource clock) {
    this.database = database;
    this.conversations = conversations;
    this.clock = clock;
  }

  /** A message by a number that the core itself stored. */
  public Optional<Message> find(MessageId id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + " FROM message m WHERE m.id = :id")
                .bind("id", id.value())
                .map(MessageRows::map)
                .findOne());
  }

  /**
   * A message by a number from outside: empty where it is in none of this owner's conversations.
   */
  public Optional<Message> find(Owner owner, MessageId id) {
    return find(id)
        .filter(message -> conversations.find(owner, message.conversation()).isPresent());
  }

  /**
   * Adds a question and its answer, still without text. The answer becomes the active leaf, its
   * conversation the owner's current one. Place and person must be known.
   *
   * @throws IllegalArgumentException if the position is none that this owner may write to
   */
  public Exchange ask(Owner owner, Message.Author author, String text, Position position) {
    Instant now = clock.instant();
    return database.write(
        handle -> {
          Placement place = Placement.of(position, owner, conversations, this);
          MessageId question =
              insertQuestion(handle, place.conversation().id(), place.parent(), text, author, now);
          MessageId answer = insertAnswer(handle, place.conversation().id(), question, now);
          conversations.use(handle, place.conversation(), Optional.of(answer));
          return new Exchange(existing(question), existing(answer));
        });
  }

  /**
   * Adds another answer, still without text, beside the given one, and makes it the active leaf.
   */
  public Exchange askAgain(MessageId answer) {
    return database.write(
        handle -> {
          Message old = checkRole(existing(answer), Role.ASSISTANT);
          Message question = existing(old.parent().orElseThrow());
          MessageId another =
              insertAnswer(handle, old.conversation(), question.id(), clock.instant());
          conversations.setActiveLeaf(handle, old.conversation(), Optional.of(another));
          return new Exchange(question, existing(another));
        });
  }

  /** Sets an answer's text: the whole of it, also where it was continued. */
  public void answer(MessageId answer, String text, Message.Origin generation) {
    database.update(
        handle -> {
          checkRole(existing(answer), Role.ASSISTANT);
          handle
              .createUpdate(
                  """
                  UPDATE message SET text = :text, model_version = :modelVersion,
                    prompt_tokens = :promptTokens, generated_tokens = :generatedTokens,
                    finish_reason = :finishReason
                  WHERE id = :id
                  """)
              .bind("text", text)
              .bind("modelVersion", generation.modelVersion())
              .bind("promptTokens", generation.promptTokens())
              .bind("generatedTokens", generation.generatedTokens())
              .bind("finishReason", generation.finishReason())
              .bind("id", answer.value())
              .execute();
        });
  }

  /** All messages from the first to the given one, deleted ones included. */
  public List<Message> pathTo(MessageId last) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    WITH RECURSIVE path (id, parent) AS (
                      SELECT id, parent FROM message WHERE id = :last
                      UNION ALL
                      SELECT up.id, up.parent FROM path JOIN message up ON up.id = path.parent)
                    SELECT
                    """
                        + COLUMNS
                        + "FROM path JOIN message m ON m.id = path.id ORDER BY m.id")
                .bind("last", last.value())
                .map(MessageRows::map)
                .list());
  }

  /** {@link #pathTo} the active leaf. */
  public List<Message> activePath(ConversationId id) {
    return conversations
        .find(id)
        .flatMap(Conversation::activeLeaf)
        .map(this::pathTo)
        .orElse(List.of());
  }

  /**
   * What a model should read to answer a question, oldest first, the question last: earlier
   * exchanges as far as they were answered and not deleted, so that roles alternate.
   */
  public List<Message> contextOf(MessageId question) {
    List<Message> path = pathTo(question);
    List<Message> context = new ArrayList<>(path.size());
    for (int i = 0; i + 1 < path.size(); i++) {
      Message asked = path.get(i);
      Message answered = path.get(i + 1);
      if (asked.role() == Role.USER && counts(asked) && counts(answered)) {
        context.add(asked);
        context.add(answered);
      }
    }
    context.add(checkRole(path.getLast(), Role.USER));
    return context;
  }

  private static boolean counts(Message message) {
    return !message.deleted() && (message.role() == Role.USER || !message.text().isBlank());
  }

  /**
   * The message and its alternatives in the same conversation, by age; deleted ones are left out.
   */
  public List<MessageId> siblings(MessageId id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT s.id FROM message m JOIN message s
                      ON s.conversation = m.conversation AND s.parent IS NOT DISTINCT FROM m.parent
                    WHERE m.id = :id AND s.deleted = 0 ORDER BY s.id
                    """)
                .bind("id", id.value())
                .map((row, context) -> new MessageId(row.getLong("id")))
                .list());
  }

  /** Makes the newest path through the message the active one. */
  public void switchTo(MessageId id) {
    database.update(
        handle -> {
          long leaf =
              handle
                  .createQuery(
                      """
                      WITH RECURSIVE path (id) AS (
                        SELECT id FROM message WHERE id = :id
                        UNION ALL
                        SELECT (
                          SELECT m.id FROM message m JOIN message up ON up.id = m.parent
                          WHERE m.parent = path.id AND m.conversation = up.conversation
                          ORDER BY m.deleted, m.id DESC LIMIT 1)
                        FROM path WHERE path.id IS NOT NULL)
                      SELECT max(id) AS leaf FROM path
                      """)
                  .bind("id", id.value())
                  .mapTo(Long.class)
                  .one();
          conversations.setActiveLeaf(
              handle, existing(id).conversation(), Optional.of(new MessageId(leaf)));
        });
  }

  /**
   * Takes the last exchange off the active path; it stays in the tree, and {@link #switchTo} its
   * answer brings it back.
   *
   * @return what was taken off, empty where there was nothing
   */
  public Optional<Exchange> undo(ConversationId id) {
    return database.write(
        handle -> {
          Optional<MessageId> leaf = conversations.find(id).flatMap(Conversation::activeLeaf);
          while (leaf.isPresent()) {
            Message answer = existing(leaf.get());
            Optional<Message> question = answer.parent().map(this::existing);
            leaf = question.flatMap(Message::parent);
            conversations.setActiveLeaf(handle, id, leaf);
            if (question.isPresent() && !question.get().deleted()) {
              return question.map(asked -> new Exchange(asked, answer));
            }
          }
          return Optional.empty();
        });
  }

  /** The question itself, or what an answer answers. */
  public MessageId questionOf(MessageId questionOrAnswer) {
    Message message = existing(questionOrAnswer);
    return message.role() == Role.USER ? message.id() : message.parent().orElseThrow();
  }

  /**
   * Takes a question and all its answers, given any of them, out of every context, with what the
   * question was before it was edited: their texts are gone, and what people said of them; their
   * place in the tree stays.
   */
  public void deleteExchange(MessageId questionOrAnswer) {
    database.update(
        handle -> {
          MessageId last = questionOf(questionOrAnswer);
          for (MessageId question : withEarlierVersions(handle, last)) {
            ConversationStore.forgetSummaries(handle, "id = :id", question.value());
            ThoughtStore.forgetThoughtsOn(handle, question);
            for (String sql : DELETION) {
              handle.createUpdate(sql).bind("question", question.value()).execute();
            }
          }
        });
  }

  /** A version that was edited is shown by no message of the platform any more. */
  private static List<MessageId> withEarlierVersions(Handle handle, MessageId question) {
    List<MessageId> all = new ArrayList<>(List.of(question));
    handle
        .createQuery(
            """
            SELECT s.id FROM message q JOIN message s
              ON s.conversation = q.conversation AND s.parent IS q.parent
                AND s.author_platform = q.author_platform AND s.author = q.author
            WHERE q.id = :question AND s.role = 'user' AND s.id < q.id
              AND EXISTS (SELECT 1 FROM platform_message p WHERE p.message = q.id)
              AND NOT EXISTS (SELECT 1 FROM platform_message p WHERE p.message = s.id)
            """)
        .bind("question", question.value())
        .mapTo(Long.class)
        .forEach(id -> all.add(new MessageId(id)));
    return all;
  }

  /**
   * Takes one answer out of every context, because it never got a text. Where it is the active one,
   * its newest alternative becomes that again.
   */
  public void giveUp(MessageId answer) {
    database.update(
        handle -> {
          Message empty = checkRole(existing(answer), Role.ASSISTANT);
          handle
              .createUpdate("UPDATE message SET deleted = 1 WHERE id = :id")
              .bind("id", answer.value())
              .execute();
          boolean active =
              conversations
                  .find(empty.conversation())
                  .flatMap(Conversation::activeLeaf)
                  .equals(Optional.of(answer));
          List<MessageId> others = siblings(answer);
          if (active && !others.isEmpty()) {
            switchTo(others.getLast());
          }
        });
  }

  Message existing(MessageId id) {
    return find(id)
        .orElseThrow(
            () -> new IllegalArgumentException("message " + id.value() + " does not exist"));
  }

  static Message checkRole(Message message, Role role) {
    if (message.role() != role) {
      throw new IllegalArgumentException(
          "message " + message.id().value() + " is not by the " + role.wireName());
    }
    return message;
  }
}
