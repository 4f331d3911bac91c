package dev.parley.person;

import dev.parley.platform.PersonId;
import dev.parley.storage.Cached;
import dev.parley.storage.Database;
import java.time.InstantSource;

/** Everyone's custom instructions. Thread-safe. */
public final class InstructionsStore {
  private static final int CACHED = 2_000;

  private final Database database;
  private final InstantSource clock;
  private final Cached<PersonId, CustomInstructions> cache;

  public InstructionsStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.cache = new Cached<>(database, CACHED, this::load);
  }

  /** What the person wrote; {@link CustomInstructions#NONE} where nothing. */
  public CustomInstructions of(PersonId person) {
    return cache.get(person);
  }

  /** Replaces what the person, who must be known, wrote. */
  public void save(PersonId person, CustomInstructions instructions) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO custom_instructions
                    (platform, person, about, style, enabled, changed_at)
                  VALUES (:platform, :person, :about, :style, :enabled, :now)
                  ON CONFLICT (platform, person) DO UPDATE
                  SET about = excluded.about, style = excluded.style, enabled = excluded.enabled,
                    changed_at = excluded.changed_at
                  """)
              .bind("platform", person.platform())
              .bind("person", person.id())
              .bind("about", instructions.about())
              .bind("style", instructions.style())
              .bind("enabled", instructions.enabled())
              .bind("now", clock.millis())
              .execute();
          cache.changes(person);
        });
  }

  /** Deletes what the person wrote. */
  public void clear(PersonId person) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  DELETE FROM custom_instructions
                  WHERE platform = :platform AND person = :person
                  """)
              .bind("platform", person.platform())
              .bind("person", person.id())
              .execute();
          cache.changes(person);
        });
  }

  private CustomInstructions load(PersonId person) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT about, style, enabled FROM custom_instructions
                    WHERE platform = :platform AND person = :person
                    """)
                .bind("platform", person.platform())
                .bind("person", person.id())
                .map(
                    (row, context) ->
                        new CustomInstructions(
                            row.getString("about"),
                            row.getString("style"),
                            row.getBoolean("enabled")))
                .findOne()
                .orElse(CustomInstructions.NONE));
  }
}
