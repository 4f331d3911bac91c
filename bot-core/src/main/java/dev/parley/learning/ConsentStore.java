package dev.parley.learning;

import dev.parley.platform.PersonId;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;

/** Who agreed that the model may learn from them. Nobody did who never said so. Thread-safe. */
public final class ConsentStore {
  private final Database database;
  private final InstantSource clock;

  public ConsentStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whether the person agrees now. */
  public boolean given(PersonId person) {
    return database.read(
        handle ->
            bind(
                    handle.createQuery(
                        """
                        SELECT 1 FROM learning_consent
                        WHERE platform = :platform AND person = :person
                        """),
                    person)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /** Everybody who agrees now. */
  Set<PersonId> all() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT platform, person FROM learning_consent")
                .map(
                    (row, context) ->
                        new PersonId(row.getString("platform"), row.getString("person")))
                .set());
  }

  /** The person, who must be known, agrees from now on. */
  public void give(PersonId person) {
    database.update(
        handle ->
            bind(
                    handle.createUpdate(
                        """
                        INSERT INTO learning_consent (platform, person, given_at)
                        VALUES (:platform, :person, :now)
                        ON CONFLICT DO NOTHING
                        """),
                    person)
                .bind("now", clock.millis())
                .execute());
  }

  /** The person agrees no longer. */
  public void withdraw(PersonId person) {
    database.update(
        handle ->
            bind(
                    handle.createUpdate(
                        """
                        DELETE FROM learning_consent
                        WHERE platform = :platform AND person = :person
                        """),
                    person)
                .execute());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, PersonId person) {
    return statement.bind("platform", person.platform()).bind("person", person.id());
  }
}
