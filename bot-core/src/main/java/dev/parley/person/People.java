package dev.parley.person;

import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.storage.Cached;
import dev.parley.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Everyone who ever wrote to Parley. Thread-safe. */
public final class People {
  private static final int CACHED = 10_000;

  private final Database database;
  private final InstantSource clock;
  private final Cached<PersonId, Optional<KnownPerson>> cache;

  public People(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.cache = new Cached<>(database, CACHED, this::load);
  }

  /** Remembers the person, or their new name and locale; writes nothing where all is known. */
  public KnownPerson meet(Person person) {
    return find(person.id())
        .filter(known -> known.name().equals(person.name()))
        .filter(known -> known.locale().equals(person.locale()))
        .orElseGet(() -> save(person));
  }

  public Optional<KnownPerson> find(PersonId id) {
    return cache.get(id);
  }

  /**
   * Forgets name and language of a person, and that they were ever met. Their number stays while
   * they are blocked somewhere, or have used something today.
   */
  public void forget(PersonId id) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE person SET name = '', locale = 'und', first_seen = :now
                  WHERE platform = :platform AND id = :id
                  """)
              .bind("platform", id.platform())
              .bind("id", id.id())
              .bind("now", clock.millis())
              .execute();
          cache.changes(id);
        });
  }

  /** Forgets a person without a name altogether, unless their number is still needed. */
  public void forgetNumber(PersonId id) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  DELETE FROM person
                  WHERE platform = :platform AND id = :id AND name = '' AND locale = 'und'
                    AND NOT EXISTS (
                      SELECT 1 FROM blocked WHERE platform = :platform AND person = :id)
                    AND NOT EXISTS (
                      SELECT 1 FROM usage WHERE platform = :platform AND person = :id)
                  """)
              .bind("platform", id.platform())
              .bind("id", id.id())
              .execute();
          cache.changes(id);
        });
  }

  private KnownPerson save(Person person) {
    return database.write(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO person (platform, id, name, locale, first_seen)
                  VALUES (:platform, :id, :name, :locale, :now)
                  ON CONFLICT (platform, id)
                  DO UPDATE SET name = excluded.name, locale = excluded.locale
                  """)
              .bind("platform", person.id().platform())
              .bind("id", person.id().id())
              .bind("name", person.name())
              .bind("locale", person.locale().toLanguageTag())
              .bind("now", clock.millis())
              .execute();
          cache.changes(person.id());
          return load(person.id()).orElseThrow();
        });
  }

  private Optional<KnownPerson> load(PersonId id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT name, locale, first_seen FROM person
                    WHERE platform = :platform AND id = :id
                    """)
                .bind("platform", id.platform())
                .bind("id", id.id())
                .map(
                    (row, context) ->
                        new KnownPerson(
                            id,
                            row.getString("name"),
                            Locale.forLanguageTag(row.getString("locale")),
                            Instant.ofEpochMilli(row.getLong("first_seen"))))
                .findOne());
  }
}
