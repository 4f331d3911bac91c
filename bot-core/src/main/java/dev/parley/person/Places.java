package dev.parley.person;

import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Cached;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatements;

/** Every place Parley was spoken to in. Thread-safe. */
public final class Places {
  /**
   * Begins a query about a place ({@code :platform}, {@code :place}) and what lies in it: their ids
   * are those of {@code inside}.
   */
  public static final String INSIDE =
      """
      WITH RECURSIVE inside (id) AS (
        SELECT :place
        UNION
        SELECT below.id FROM inside
        JOIN place below ON below.platform = :platform AND below.parent = inside.id)
      """;

  private static final int CACHED = 10_000;

  /** Thread, channel, server: what platforms have is not deeper; a circle would be a mistake. */
  private static final int DEEPEST = 5;

  private static final String FORGET_MESSAGES =
      "DELETE FROM platform_message WHERE platform = :platform AND place = :from";

  private static final String MOVE_CHILDREN =
      "UPDATE place SET parent = :to WHERE platform = :platform AND parent = :from";

  /** Whatever refers to a place follows its id. */
  private static final List<String> RENAME =
      List.of(
          FORGET_MESSAGES,
          MOVE_CHILDREN,
          "UPDATE place SET id = :to WHERE platform = :platform AND id = :from");

  private static final List<String> MERGE =
      List.of(
          FORGET_MESSAGES,
          MOVE_CHILDREN,
          """
          UPDATE conversation AS old SET place = :to, is_current = is_current AND NOT EXISTS (
            SELECT 1 FROM conversation AS new
            WHERE new.platform = :platform AND new.place = :to AND new.is_current
              AND new.person IS old.person)
          WHERE platform = :platform AND place = :from
          """,
          "UPDATE reply SET place = :to WHERE platform = :platform AND place = :from",
          "UPDATE OR IGNORE blocked SET place = :to WHERE platform = :platform AND place = :from",
          """
          INSERT INTO usage (platform, person, place, day, questions, answers,
            prompt_tokens, generated_tokens)
          SELECT platform, person, :to, day, questions, answers, prompt_tokens, generated_tokens
          FROM usage WHERE platform = :platform AND place = :from
          ON CONFLICT DO UPDATE SET
            questions = questions + excluded.questions,
            answers = answers + excluded.answers,
            prompt_tokens = prompt_tokens + excluded.prompt_tokens,
            generated_tokens = generated_tokens + excluded.generated_tokens
          """,
          "DELETE FROM place WHERE platform = :platform AND id = :from");

  private final Database database;
  private final InstantSource clock;
  private final Cached<PlaceId, Optional<Place>> cache;
  private final Cached<PlaceId, Boolean> closed;

  public Places(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.cache = new Cached<>(database, CACHED, this::load);
    this.closed = new Cached<>(database, CACHED, this::loadClosed);
  }

  /**
   * Remembers the place, or its new name, kind and parent, and that it is open; writes nothing
   * where all is known.
   */
  public void visit(Place place) {
    if (!find(place.id()).equals(Optional.of(place))) {
      save(place);
    }
    for (PlaceId id : withParents(place.id())) {
      if (closed.get(id)) {
        setClosed(id, Optional.empty());
      }
    }
  }

  /** Nothing can be said there from now on, until it is visited again. */
  public void close(PlaceId id) {
    setClosed(id, Optional.of(clock.millis()));
  }

  /** Whether nothing can be said there, or where it lies. */
  public boolean isClosed(PlaceId id) {
    return withParents(id).stream().anyMatch(closed::get);
  }

  /**
   * Everything of a place goes along to its new id, also where somebody spoke there already: then
   * its newer conversations stay the current ones. What its messages were called is forgotten.
   */
  public void move(PlaceId from, PlaceId to) {
    database.update(
        handle -> {
          for (String statement : find(to).isPresent() ? MERGE : RENAME) {
            handle
                .createUpdate(statement)
                .configure(SqlStatements.class, c -> c.setUnusedBindingAllowed(true))
                .bind("platform", from.platform())
                .bind("from", from.id())
                .bind("to", to.id())
                .execute();
          }
          cache.changes(from);
          cache.changes(to);
        });
  }

  private void setClosed(PlaceId id, Optional<Long> since) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE place SET closed_at = :since WHERE platform = :platform AND id = :id
                  """)
              .bind("since", since)
              .bind("platform", id.platform())
              .bind("id", id.id())
              .execute();
          closed.changes(id);
        });
  }

  private boolean loadClosed(PlaceId id) {
    return database.read(
        handle ->
            handle
                    .createQuery(
                        """
                        SELECT count(*) FROM place
                        WHERE platform = :platform AND id = :id AND closed_at IS NOT NULL
                        """)
                    .bind("platform", id.platform())
                    .bind("id", id.id())
                    .mapTo(Integer.class)
                    .one()
                == 1);
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
