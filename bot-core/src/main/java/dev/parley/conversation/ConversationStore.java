package dev.parley.conversation;

import static dev.parley.conversation.ConversationRows.COLUMNS;
import static dev.parley.conversation.ConversationRows.OWNED;
import static dev.parley.conversation.ConversationRows.bindOwner;

import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * All conversations: whose they are, which one is current, their titles and summaries. What was
 * said is in {@link MessageTree}. A number from outside, such as a button's, goes through {@link
 * #find(Owner, ConversationId)} first. Thread-safe.
 */
public final class ConversationStore {
  private final Database database;
  private final InstantSource clock;

  public ConversationStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The conversation a next question of this owner goes to. */
  public Optional<Conversation> current(Owner owner) {
    return database.read(
        handle ->
            bindOwner(
                    handle.createQuery(
                        "SELECT "
                            + COLUMNS
                            + " FROM conversation c WHERE c.is_current = 1 AND "
                            + OWNED),
                    owner)
                .map(ConversationRows::map)
                .findOne());
  }

  /**
   * Begins a new conversation, which becomes the current one; the old one stays. Place and person
   * must be known.
   */
  public Conversation startNew(Owner owner) {
    return database.write(
        handle -> {
          leaveCurrent(handle, owner);
          long id =
              bindOwner(
                      handle.createQuery(
                          """
                          INSERT INTO conversation
                            (platform, place, person, is_current, created_at, used_at)
                          VALUES (:platform, :place, :person, 1, :now, :now)
                          RETURNING id
                          """),
                      owner)
                  .bind("now", clock.millis())
                  .mapTo(Long.class)
                  .one();
          return find(new ConversationId(id)).orElseThrow();
        });
  }

  /** A conversation by a number that the core itself stored. */
  public Optional<Conversation> find(ConversationId id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT " + COLUMNS + " FROM conversation c WHERE c.id = :id")
                .bind("id", id.value())
                .map(ConversationRows::map)
                .findOne());
  }

  /** A conversation by a number from outside: empty where it is not this owner's. */
  public Optional<Conversation> find(Owner owner, ConversationId id) {
    return find(id).filter(conversation -> conversation.owner().equals(owner));
  }

  /**
   * Makes an older conversation the current one again.
   *
   * @return empty where there is none with this number among the owner's
   */
  public Optional<Conversation> resume(Owner owner, ConversationId id) {
    return database.write(
        handle ->
            find(owner, id)
                .flatMap(
                    conversation -> {
                      makeCurrent(handle, conversation);
                      return find(id);
                    }));
  }

  /**
   * Gives a title where there is none: what a person chose stays.
   *
   * @param told what the title tells of: where that was deleted meanwhile, there is none
   */
  public void suggestTitle(ConversationId id, String title, MessageId told) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE conversation SET title = :title
                    WHERE id = :id AND title IS NULL
                      AND EXISTS (SELECT 1 FROM message WHERE id = :told AND deleted = 0)
                    """)
                .bind("title", title)
                .bind("told", told.value())
                .bind("id", id.value())
                .execute());
  }

  /** Gives the title that a person chose. */
  public void rename(ConversationId id, String title) {
    database.update(
        handle ->
            handle
                .createUpdate("UPDATE conversation SET title = :title WHERE id = :id")
                .bind("title", title)
                .bind("id", id.value())
                .execute());
  }

  /**
   * Deletes a conversation with its messages and replies. Where others branched off from it, their
   * own messages stay and lose what came before.
   */
  public void delete(ConversationId id) {
    database.update(
        handle -> {
          forgetSummaries(handle, "conversation = :id", id.value());
          handle
              .createUpdate("DELETE FROM conversation WHERE id = :id")
              .bind("id", id.value())
              .execute();
        });
  }

  /** Drops every summary that tells of certain messages, also those of who branched off there. */
  static void forgetSummaries(Handle handle, String messages, long id) {
    handle
        .createUpdate(
            """
            UPDATE conversation SET summary = NULL, summary_up_to = NULL
            WHERE summary_up_to IN (
              WITH RECURSIVE below (id) AS (
                SELECT id FROM message WHERE %s
                UNION
                SELECT m.id FROM below JOIN message m ON m.parent = below.id)
              SELECT id FROM below)
            """
                .formatted(messages))
        .bind("id", id)
        .execute();
  }

  /** Remembers what was said in a beginning that no longer fits. */
  public void summarize(ConversationId id, Conversation.Summary summary) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE conversation SET summary = :text, summary_up_to = :upTo WHERE id = :id
                    """)
                .bind("text", summary.text())
                .bind("upTo", summary.upTo().value())
                .bind("id", id.value())
                .execute());
  }

  /** Remembers where the last prompt began. */
  public void promptStartsAt(ConversationId id, MessageId first) {
    database.update(
        handle ->
            handle
                .createUpdate("UPDATE conversation SET prompt_start = :first WHERE id = :id")
                .bind("first", first.value())
                .bind("id", id.value())
                .execute());
  }

  /**
   * Conversations with an answer and without a title that rested since an instant, oldest first.
   */
  public List<Conversation> untitled(Instant since, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + """
                         FROM conversation c
                        WHERE c.title IS NULL AND c.used_at < :since
                          AND EXISTS (
                            SELECT 1 FROM message m
                            WHERE m.conversation = c.id AND m.model_version IS NOT NULL)
                        ORDER BY c.used_at LIMIT :most
                        """)
                .bind("since", since.toEpochMilli())
                .bind("most", most)
                .map(ConversationRows::map)
                .list());
  }

  /** Whether a place lies in another one, as a thread in its channel. */
  boolean liesIn(PlaceId inner, PlaceId around) {
    return inner.platform().equals(around.platform())
        && database.read(
            handle ->
                handle
                        .createQuery(
                            """
                            SELECT count(*) FROM place
                            WHERE platform = :platform AND id = :inner AND parent = :around
                            """)
                        .bind("platform", inner.platform())
                        .bind("inner", inner.id())
                        .bind("around", around.id())
                        .mapTo(Integer.class)
                        .one()
                    > 0);
  }

  /** Makes a conversation current and moves the end of its active path. */
  void use(Handle handle, Conversation conversation, Optional<MessageId> leaf) {
    makeCurrent(handle, conversation);
    setActiveLeaf(handle, conversation.id(), leaf);
  }

  void setActiveLeaf(Handle handle, ConversationId id, Optional<MessageId> leaf) {
    handle
        .createUpdate("UPDATE conversation SET active_leaf = :leaf, used_at = :now WHERE id = :id")
        .bind("leaf", leaf.map(MessageId::value))
        .bind("now", clock.millis())
        .bind("id", id.value())
        .execute();
  }

  private void makeCurrent(Handle handle, Conversation conversation) {
    leaveCurrent(handle, conversation.owner());
    handle
        .createUpdate("UPDATE conversation SET is_current = 1, used_at = :now WHERE id = :id")
        .bind("now", clock.millis())
        .bind("id", conversation.id().value())
        .execute();
  }

  private static void leaveCurrent(Handle handle, Owner owner) {
    bindOwner(
            handle.createUpdate(
                "UPDATE conversation AS c SET is_current = 0 WHERE c.is_current = 1 AND " + OWNED),
            owner)
        .execute();
  }
}
