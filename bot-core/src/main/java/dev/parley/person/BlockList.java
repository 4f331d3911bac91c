package dev.parley.person;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Cached;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Who is not answered where. Thread-safe. */
public final class BlockList {
  private static final int CACHED = 10_000;

  private final Database database;
  private final Places places;
  private final InstantSource clock;
  private final Cached<PlaceId, Set<PersonId>> cache;

  public BlockList(Database database, Places places, InstantSource clock) {
    this.database = database;
    this.places = places;
    this.clock = clock;
    this.cache = new Cached<>(database, CACHED, this::load);
  }

  /** Whether a person is blocked in a place or in what it lies in. */
  public boolean contains(PlaceId place, PersonId person) {
    return places.withParents(place).stream().anyMatch(id -> cache.get(id).contains(person));
  }

  /** Who is blocked in exactly this place, newest first. */
  public Set<PersonId> of(PlaceId place) {
    return cache.get(place);
  }

  /** Blocks a person in a place, both of them known. */
  public void block(PlaceId place, PersonId person) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO blocked (platform, place, person, blocked_at)
                  VALUES (:platform, :place, :person, :now) ON CONFLICT DO NOTHING
                  """)
              .bind("platform", place.platform())
              .bind("place", place.id())
              .bind("person", person.id())
              .bind("now", clock.millis())
              .execute();
          cache.changes(place);
        });
  }

  public void unblock(PlaceId place, PersonId person) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  DELETE FROM blocked
                  WHERE platform = :platform AND place = :place AND person = :person
                  """)
              .bind("platform", place.platform())
              .bind("place", place.id())
              .bind("person", person.id())
              .execute();
          cache.changes(place);
        });
  }

  /** A place has another id now, which what is stored has followed already. */
  public void moved(PlaceId from, PlaceId to) {
    database.update(
        handle -> {
          cache.changes(from);
          cache.changes(to);
        });
  }

  private Set<PersonId> load(PlaceId place) {
    return Collections.unmodifiableSet(
        database.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT person FROM blocked
                        WHERE platform = :platform AND place = :place
                        ORDER BY blocked_at DESC, person
                        """)
                    .bind("platform", place.platform())
                    .bind("place", place.id())
                    .mapTo(String.class)
                    .map(id -> new PersonId(place.platform(), id))
                    .collect(Collectors.toCollection(LinkedHashSet::new))));
  }
}
