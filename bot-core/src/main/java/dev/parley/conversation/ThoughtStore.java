package dev.parley.conversation;

import dev.parley.storage.Database;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What models thought before their answers, for people to look at. Kept apart from what was said:
 * nothing that reads messages sees it. It goes with its answer, also where that is only taken out
 * of every context. Thread-safe.
 */
public final class ThoughtStore {
  private final Database database;

  public ThoughtStore(Database database) {
    this.database = database;
  }

  /** The thought behind an answer, where there was one. */
  public Optional<String> find(MessageId answer) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT text FROM thought WHERE message = :answer")
                .bind("answer", answer.value())
                .mapTo(String.class)
                .findOne());
  }

  /** An answer was written, after this thought; a blank one is none. */
  public void set(MessageId answer, String thought) {
    database.update(
        handle -> {
          if (thought.isBlank()) {
            handle
                .createUpdate("DELETE FROM thought WHERE message = :answer")
                .bind("answer", answer.value())
                .execute();
          } else {
            write(handle, answer, thought, "excluded.text");
          }
        });
  }

  /** An answer was continued, after one more thought; a blank one is none. */
  public void add(MessageId answer, String thought) {
    if (!thought.isBlank()) {
      database.update(
          handle ->
              write(handle, answer, thought, "text || char(10) || char(10) || excluded.text"));
    }
  }

  private static void write(Handle handle, MessageId answer, String thought, String where) {
    handle
        .createUpdate(
            """
            INSERT INTO thought (message, text) VALUES (:answer, :text)
            ON CONFLICT (message) DO UPDATE SET text = %s
            """
                .formatted(where))
        .bind("answer", answer.value())
        .bind("text", thought)
        .execute();
  }

  /** Drops the thoughts behind all answers to a question. */
  static void forgetThoughtsOn(Handle handle, MessageId question) {
    handle
        .createUpdate(
            "DELETE FROM thought WHERE message IN (SELECT id FROM message WHERE parent ="
                + " :question)")
        .bind("question", question.value())
        .execute();
  }
}
