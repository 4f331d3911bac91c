package dev.parley.conversation;

import static dev.parley.conversation.ConversationRows.OWNED;
import static dev.parley.conversation.ConversationRows.bindOwner;

import dev.parley.storage.Database;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds messages by their words, Chinese included. This is where SQLite's own SQL is used outside
 * its migrations: FTS5 with three-character tokens, and LIKE for words that are shorter.
 * Thread-safe.
 */
public final class MessageSearch {
  private final Database database;

  public MessageSearch(Database database) {
    this.database = database;
  }

  /**
   * A found message.
   *
   * @param conversation where it stands
   * @param message what was found
   * @param excerpt of its text around the first word
   */
  public record Hit(Conversation conversation, Message message, String excerpt) {}

  /**
   * Messages in this owner's conversations that contain every word, in any place and without regard
   * to case, newest first. What people type is data: no sign in it has a meaning.
   *
   * @param words separated by white space
   * @param page from 0
   * @param size most on a page
   */
  public Page<Hit> search(Owner owner, String words, int page, int size) {
    SearchWords wanted = SearchWords.of(words);
    if (wanted.isEmpty()) {
      return new Page<>(List.of(), page, size, 0);
    }
    String conditions = conditions(wanted);
    return database.read(
        handle -> {
          int total =
              query(handle, "SELECT count(*) " + conditions, owner, wanted)
                  .mapTo(Integer.class)
                  .one();
          String hits =
              "SELECT "
                  + MessageRows.COLUMNS
                  + ", "
                  + ConversationRows.COLUMNS
                  + conditions
                  + " ORDER BY m.id DESC LIMIT :size OFFSET :offset";
          return new Page<>(
              query(handle, hits, owner, wanted)
                  .bind("size", size)
                  .bind("offset", (long) page * size)
                  .map(
                      (row, context) -> {
                        Message message = MessageRows.map(row, context);
                        return new Hit(
                            ConversationRows.map(row, context),
                            message,
                            wanted.excerpt(message.text()));
                      })
                  .list(),
              page,
              size,
              total);
        });
  }

  private static String conditions(SearchWords wanted) {
    StringBuilder conditions =
        new StringBuilder(
            " FROM conversation c JOIN message m ON m.conversation = c.id WHERE m.deleted = 0 AND "
                + OWNED);
    if (!wanted.indexed().isEmpty()) {
      conditions.append(
          " AND m.id IN (SELECT rowid FROM message_words WHERE message_words MATCH :phrases)");
    }
    for (int i = 0; i < wanted.scanned().size(); i++) {
      conditions.append(" AND m.text LIKE :pattern").append(i).append(" ESCAPE '!'");
    }
    return conditions.toString();
  }

  private static Query query(Handle handle, String sql, Owner owner, SearchWords wanted) {
    Query query = bindOwner(handle.createQuery(sql), owner);
    if (!wanted.indexed().isEmpty()) {
      query.bind("phrases", phrases(wanted.indexed()));
    }
    for (int i = 0; i < wanted.scanned().size(); i++) {
      query.bind("pattern" + i, pattern(wanted.scanned().get(i)));
    }
    return query;
  }

  /** FTS5's language: in quotes everything is text, and phrases in a row must all be found. */
  private static String phrases(List<String> words) {
    return words.stream()
        .map(word -> '"' + word.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(" "));
  }

  private static String pattern(String word) {
    return '%' + word.replaceAll("[!%_]", "!$0") + '%';
  }
}
