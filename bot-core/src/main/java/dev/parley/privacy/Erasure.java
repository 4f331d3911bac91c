package dev.parley.privacy;

import dev.parley.person.InstructionsStore;
import dev.parley.person.People;
import dev.parley.platform.PersonId;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.storage.Database;
import dev.parley.usage.UsageStore;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Deletes all that is kept of a person, whole or not at all: questions and their answers wherever
 * they stand, instructions, preferences, ratings, use, consent. Two things stay, without a text or
 * a name: that admins blocked them, and what they used today, or whoever erases would be unblocked
 * and have no limit. Thread-safe.
 */
public final class Erasure {
  /** Where a person is named by platform and number, beside what goes with their messages. */
  private static final List<String> TABLES =
      List.of(
          "rating",
          "comparison",
          "reply",
          "learning_consent",
          "moderation_case",
          "open_form",
          "panel",
          "app_locale");

  private final Database database;
  private final KeptStore kept;
  private final People people;
  private final InstructionsStore instructions;
  private final Settings settings;
  private final UsageStore usage;

  public Erasure(
      Database database,
      KeptStore kept,
      People people,
      InstructionsStore instructions,
      Settings settings,
      UsageStore usage) {
    this.database = database;
    this.kept = kept;
    this.people = people;
    this.instructions = instructions;
    this.settings = settings;
    this.usage = usage;
  }

  /**
   * Deletes it, also from the places of the file where it was. Nothing of theirs may be on its way.
   *
   * @param person who must be known
   * @return what was deleted
   */
  public Kept of(PersonId person) {
    Kept deleted =
        database.write(
            handle -> {
              Kept before = kept.of(person);
              erase(handle, person);
              return before;
            });
    database.clean();
    return deleted;
  }

  /** Deletes the numbers of those who were erased on an earlier day and are blocked nowhere. */
  public void sweep() {
    database.update(
        handle -> {
          for (PersonId person : nameless(handle)) {
            usage.forgetPast(person);
            people.forgetNumber(person);
          }
        });
    database.clean(); // again, where somebody read when it was wanted
  }

  private static List<PersonId> nameless(Handle handle) {
    return handle
        .createQuery("SELECT platform, id FROM person WHERE name = '' AND locale = 'und'")
        .map((row, context) -> new PersonId(row.getString(1), row.getString(2)))
        .list();
  }

  private void erase(Handle handle, PersonId person) {
    Removal.exchanges(
        handle,
        "q.author_platform = :platform AND q.author = :person",
        statement -> statement.bind("platform", person.platform()).bind("person", person.id()));
    execute(
        handle, "DELETE FROM conversation WHERE platform = :platform AND person = :person", person);
    for (String table : TABLES) {
      execute(
          handle,
          "DELETE FROM " + table + " WHERE platform = :platform AND person = :person",
          person);
    }
    instructions.clear(person);
    Setting.ALL.forEach(setting -> settings.clear(person, setting));
    usage.forgetPast(person);
    people.forget(person);
  }

  private static void execute(Handle handle, String sql, PersonId person) {
    handle
        .createUpdate(sql)
        .bind("platform", person.platform())
        .bind("person", person.id())
        .execute();
  }
}
