package dev.parley.privacy;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Takes questions with all their answers out of the database for good. What followed them in a
 * conversation of several follows what was before them; summaries and titles that may tell of them
 * are dropped and written anew. Runs within a transaction.
 */
final class Removal {
  private Removal() {}

  /** Gives a statement its values. */
  @FunctionalInterface
  interface Binding {
    Update to(Update statement);
  }

  /**
   * Removes questions.
   *
   * @param which what is true of a question {@code q} in a conversation {@code c}, in SQL
   * @return how many messages with a text are gone, answers included
   */
  static int exchanges(Handle handle, String which, Binding values) {
    handle.execute("CREATE TEMP TABLE IF NOT EXISTS removed (id INTEGER PRIMARY KEY)");
    handle.execute("DELETE FROM removed");
    values
        .to(
            handle.createUpdate(
                """
                INSERT INTO removed (id)
                SELECT q.id FROM message q JOIN conversation c ON c.id = q.conversation
                WHERE q.role = 'user' AND (%s)
                """
                    .formatted(which)))
        .execute();
    handle.execute(
        """
        INSERT INTO removed (id)
        SELECT a.id FROM message a JOIN removed q ON a.parent = q.id WHERE a.role = 'assistant'
        """);
    int texts =
        handle
            .createQuery(
                """
                SELECT count(*) FROM message
                WHERE id IN (SELECT id FROM removed) AND text <> ''
                """)
            .mapTo(Integer.class)
            .one();
    forgetWhatTellsOfThem(handle);
    joinWhatIsLeft(handle, "message", "parent");
    joinWhatIsLeft(handle, "conversation", "active_leaf");
    handle.execute("DELETE FROM message WHERE id IN (SELECT id FROM removed)");
    handle.execute(
        """
        DELETE FROM conversation
        WHERE id IN (SELECT id FROM touched) AND id NOT IN (SELECT conversation FROM message)
        """);
    return texts;
  }

  /** Also of conversations that branched off there. */
  private static void forgetWhatTellsOfThem(Handle handle) {
    handle.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER PRIMARY KEY)");
    handle.execute("DELETE FROM touched");
    handle.execute(
        """
        INSERT INTO touched (id)
        WITH RECURSIVE below (id) AS (
          SELECT id FROM removed
          UNION
          SELECT m.id FROM below JOIN message m ON m.parent = below.id)
        SELECT DISTINCT m.conversation FROM below JOIN message m ON m.id = below.id
        """);
    handle.execute(
        """
        UPDATE conversation
        SET summary = NULL, summary_up_to = NULL, prompt_start = NULL, title = NULL
        WHERE id IN (SELECT id FROM touched)
        """);
  }

  /** What points at a message that goes points at the nearest one before it that stays. */
  private static void joinWhatIsLeft(Handle handle, String table, String pointer) {
    handle.execute(
        """
        WITH RECURSIVE up (id, at) AS (
          SELECT id, {pointer} FROM {table}
          WHERE {pointer} IN (SELECT id FROM removed) AND {stays}
          UNION ALL
          SELECT up.id, m.parent FROM up JOIN message m ON m.id = up.at
          WHERE up.at IN (SELECT id FROM removed))
        UPDATE {table} SET {pointer} = up.at FROM up
        WHERE {table}.id = up.id
          AND (up.at IS NULL OR up.at NOT IN (SELECT id FROM removed))
        """
            .replace("{table}", table)
            .replace("{pointer}", pointer)
            .replace(
                "{stays}",
                table.equals("message") ? "id NOT IN (SELECT id FROM removed)" : "TRUE"));
  }
}
