package dev.parley.conversation;

import static dev.parley.conversation.ConversationRows.OWNED;
import static dev.parley.conversation.ConversationRows.bindOwner;

import dev.parley.storage.Database;

/** What an owner can look up: their conversations as a list. Thread-safe. */
public final class History {
  /** UTF-16 units of a first question that can stand for a title. */
  private static final int BEGINNING = 100;

  private static final String SPOKEN_IN =
      OWNED + " AND EXISTS (SELECT 1 FROM message m WHERE m.id = c.active_leaf)";

  /** The messages from a conversation's active leaf up to its first question. */
  private static final String PATH =
      """
      WITH RECURSIVE path (id) AS (
        SELECT c.active_leaf
        UNION ALL
        SELECT m.parent FROM message m JOIN path ON m.id = path.id WHERE m.parent IS NOT NULL)
      """;

  private static final String LINES =
      "SELECT "
          + ConversationRows.COLUMNS
          + """
          , (%1$s SELECT count(*) FROM message m JOIN path USING (id)
              WHERE m.conversation = c.id AND m.deleted = 0) AS messages,
            coalesce((%1$s SELECT substr(m.text, 1, :beginning) FROM message m JOIN path USING (id)
              WHERE m.conversation = c.id AND m.deleted = 0 ORDER BY m.id LIMIT 1), '')
              AS beginning
          FROM conversation c WHERE
          """
              .formatted(PATH)
          + SPOKEN_IN
          + " ORDER BY c.used_at DESC, c.id DESC LIMIT :size OFFSET :offset";

  private final Database database;

  public History(Database database) {
    this.database = database;
  }

  /**
   * One line of the list.
   *
   * @param conversation which one
   * @param messages how many its active path has there
   * @param beginning of its first question, to show where there is no title
   */
  public record Line(Conversation conversation, int messages, String beginning) {}

  /**
   * Conversations in which something was said, last used first.
   *
   * @param page from 0
   * @param size most on a page
   */
  public Page<Line> list(Owner owner, int page, int size) {
    return database.read(
        handle -> {
          int total =
              bindOwner(
                      handle.createQuery("SELECT count(*) FROM conversation c WHERE " + SPOKEN_IN),
                      owner)
                  .mapTo(Integer.class)
                  .one();
          return new Page<>(
              bindOwner(handle.createQuery(LINES), owner)
                  .bind("beginning", BEGINNING)
                  .bind("size", size)
                  .bind("offset", (long) page * size)
                  .map(
                      (row, context) ->
                          new Line(
                              ConversationRows.map(row, context),
                              row.getInt("messages"),
                              row.getString("beginning")))
                  .list(),
              page,
              size,
              total);
        });
  }
}
