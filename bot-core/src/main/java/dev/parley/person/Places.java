package dev.parley.person;

import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Cached;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every place Parley was spoken to in. Thread-safe. */
public final class Places {
  private static final int CACHED = 10_000;

  /** Thread, channel, server: what platforms have is not deeper; a circle would be a mistake. */
  private static final int DEEPEST = 5;

  private final Database database;
  private final InstantSource clock;
  private final Cached<PlaceId, Optional<Place>> cache;

  public Places(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.cache = new Cached<>(database, CACHED, this::load);
  }

  /** Remembers the place, or its new name, kind and parent; writes nothing where all is known. */
  public void visit(Place place) {
    if (!find(place.id()).equals(Optional.of(place))) {
      save(place);
    }
  }

  public Optional<Place> find(PlaceId id) {
    return cache.get(id);
  }

  /** The place itself, then what it lies in, innermost first. */
  public List<PlaceId> withParents(PlaceId id) {
    List<PlaceId> chain = new ArrayList<>();
    Optional<PlaceId> next = Optional.of(id);
    while (next.isPresent() && chain.size() < DEEPEST) {
      chain.add(next.get());
      next = next.flatMap(this::find).flatMap(Place::parent);
    }
    return chain;
  }

  /** Whether this is the first call for the place: true exactly once, also across restarts. */
  public boolean introduce(PlaceId id) {
    return once(id, "introduced");
  }

  /** The same for what admins are told about the model's languages. */
  public boolean noteLanguage(PlaceId id) {
    return once(id, "language_note");
  }

  private boolean once(PlaceId id, String column) {
    return database.write(
        handle ->
            handle
                    .createUpdate(
                        "UPDATE place SET %1$s = 1 WHERE platform = :platform AND id = :id AND %1$s = 0"
                            .formatted(column))
                    .bind("platform", id.platform())
                    .bind("id", id.id())
                    .execute()
                == 1);
  }

  private void save(Place place) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO place (platform, id, kind, parent, name, first_seen)
                  VALUES (:platform, :id, :kind, :parent, :name, :now)
                  ON CONFLICT (platform, id) DO UPDATE
                  SET kind = excluded.kind, parent = excluded.parent, name = excluded.name
                  """)
              .bind("platform", place.id().platform())
              .bind("id", place.id().id())
              .bind("kind", place.kind())
              .bind("parent", place.parent().map(PlaceId::id))
              .bind("name", place.name())
              .bind("now", clock.millis())
              .execute();
          cache.changes(place.id());
        });
  }

  private Optional<Place> load(PlaceId id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT kind, parent, name FROM place
                    WHERE platform = :platform AND id = :id
                    """)
                .bind("platform", id.platform())
                .bind("id", id.id())
                .map(
                    (row, context) ->
                        new Place(
                            id,
                            Place.Kind.valueOf(row.getString("kind")),
                            Optional.ofNullable(row.getString("parent"))
                                .map(parent -> new PlaceId(id.platform(), parent)),
                            row.getString("name")))
                .findOne());
  }
}
