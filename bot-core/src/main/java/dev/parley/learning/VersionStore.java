package dev.parley.learning;

import dev.parley.storage.Database;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * All versions, and the history of what was promoted. Each change is made whole or, where the
 * version's state does not allow it, not at all. Loads nothing: {@link VersionedModel} does.
 * Thread-safe.
 */
public final class VersionStore {
  private static final String SELECT =
      """
      SELECT id, name, parent, kind, folder, data_hash, settings, metrics, verdict, figures, state,
        share, tried_at, created_at
      FROM model_version
      """;

  private final Database database;
  private final InstantSource clock;

  /**
   * What rolling back does.
   *
   * @param from the promoted version
   * @param to the one promoted before it; empty for the operator's own model
   */
  public record RollBack(Version from, Optional<Version> to) {}

  public VersionStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Keeps what was trained.
   *
   * @throws IllegalArgumentException if there is a version of that name
   */
  public Version add(NewVersion trained) {
    return database.write(
        handle -> {
          if (find(trained.name()).isPresent()) {
            throw new IllegalArgumentException("there is a version named " + trained.name());
          }
          return handle
              .createQuery(
                  """
                  INSERT INTO model_version (name, parent, kind, folder, data_hash, settings,
                    metrics, created_at)
                  VALUES (:name, :parent, :kind, :folder, :dataHash, :settings, :metrics, :now)
                  RETURNING *
                  """)
              .bind("name", trained.name())
              .bind("parent", trained.parent().map(VersionId::value))
              .bind("kind", trained.kind())
              .bind("folder", trained.folder().toString())
              .bind("dataHash", trained.dataHash())
              .bind("settings", trained.settings())
              .bind("metrics", trained.metrics())
              .bind("now", clock.millis())
              .map(VersionStore::map)
              .one();
        });
  }

  /**
   * Keeps how the examination ended; the last one counts.
   *
   * @param figures what was measured, JSON
   */
  public void examined(VersionId id, boolean passed, String figures) {
    NewVersion.checkJson("figures", figures);
    database.update(
        handle ->
            handle
                .createUpdate(
                    "UPDATE model_version SET verdict = :verdict, figures = :figures WHERE id ="
                        + " :id")
                .bind("verdict", (passed ? Verdict.PASSED : Verdict.FAILED).key())
                .bind("figures", figures)
                .bind("id", id.value())
                .execute());
  }

  /** All there are, the newest first. */
  public List<Version> all() {
    return database.read(
        handle -> handle.createQuery(SELECT + "ORDER BY id DESC").map(VersionStore::map).list());
  }

  public Optional<Version> find(VersionId id) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map(VersionStore::map)
                .findOne());
  }

  public Optional<Version> find(String name) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + "WHERE name = :name")
                .bind("name", name)
                .map(VersionStore::map)
                .findOne());
  }

  /** The version that answers; empty where the operator's own model does. */
  public Optional<Version> promoted() {
    return in(VersionState.PROMOTED);
  }

  /** The version that a share of the conversations gets. */
  public Optional<Version> tried() {
    return in(VersionState.TRIED);
  }

  /**
   * A share of the conversations gets a version from now on; of one that is tried already, the
   * share changes.
   *
   * @param share 1 to 100 percent
   * @return false where it did not pass its examination, is promoted, or another one is tried
   */
  boolean tryOn(VersionId id, int share) {
    return database.write(
        handle ->
            handle
                    .createUpdate(
                        """
                        UPDATE model_version
                        SET tried_at = CASE state WHEN 'tried' THEN tried_at ELSE :now END,
                          state = 'tried', share = :share
                        WHERE id = :id AND verdict = 'passed' AND state <> 'promoted'
                          AND NOT EXISTS (
                            SELECT 1 FROM model_version other
                            WHERE other.state = 'tried' AND other.id <> :id)
                        """)
                    .bind("now", clock.millis())
                    .bind("share", share)
                    .bind("id", id.value())
                    .execute()
                == 1);
  }

  /**
   * No conversation gets the version that was tried any more.
   *
   * @return false where it is not tried
   */
  boolean stopTrying(VersionId id) {
    return database.write(handle -> move(handle, id, VersionState.TRIED, VersionState.TRAINED));
  }

  /**
   * The version that was tried answers from now on.
   *
   * @return false where it is not tried
   */
  boolean promote(VersionId id) {
    return database.write(
        handle -> {
          if (tried().filter(version -> version.id().equals(id)).isEmpty()) {
            return false;
          }
          promoted()
              .ifPresent(
                  before -> move(handle, before.id(), VersionState.PROMOTED, VersionState.RETIRED));
          handle
              .createUpdate("INSERT INTO promotion (version, promoted_at) VALUES (:version, :now)")
              .bind("version", id.value())
              .bind("now", clock.millis())
              .execute();
          return move(handle, id, VersionState.TRIED, VersionState.PROMOTED);
        });
  }

  /** What rolling back would do; empty where the operator's own model answers. */
  public Optional<RollBack> rollBack() {
    return database.read(
        handle -> {
          List<Version> newest =
              handle
                  .createQuery(
                      """
                      SELECT v.* FROM promotion p JOIN model_version v ON v.id = p.version
                      WHERE p.taken_back_at IS NULL ORDER BY p.id DESC LIMIT 2
                      """)
                  .map(VersionStore::map)
                  .list();
          return newest.stream()
              .findFirst()
              .map(from -> new RollBack(from, newest.stream().skip(1).findFirst()));
        });
  }

  /**
   * What was promoted before answers again.
   *
   * @return false where something else was promoted or taken back meanwhile
   */
  boolean rollBack(RollBack wanted) {
    return database.write(
        handle -> {
          Optional<RollBack> now = rollBack();
          if (now.isEmpty() || !now.get().from().id().equals(wanted.from().id())) {
            return false;
          }
          handle
              .createUpdate(
                  """
                  UPDATE promotion SET taken_back_at = :now
                  WHERE id = (SELECT max(id) FROM promotion WHERE taken_back_at IS NULL)
                  """)
              .bind("now", clock.millis())
              .execute();
          move(handle, wanted.from().id(), VersionState.PROMOTED, VersionState.RETIRED);
          now.get() // it may have been tried once more since
              .to()
              .ifPresent(to -> move(handle, to.id(), to.state(), VersionState.PROMOTED));
          return true;
        });
  }

  private Optional<Version> in(VersionState state) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + "WHERE state = :state")
                .bind("state", state.key())
                .map(VersionStore::map)
                .findOne());
  }

  private static boolean move(Handle handle, VersionId id, VersionState from, VersionState to) {
    return handle
            .createUpdate(
                "UPDATE model_version SET state = :to, share = 0 WHERE id = :id AND state = :from")
            .bind("to", to.key())
            .bind("id", id.value())
            .bind("from", from.key())
            .execute()
        == 1;
  }

  private static Version map(ResultSet row, StatementContext context) throws SQLException {
    long parent = row.getLong("parent");
    String verdict = row.getString("verdict");
    long triedAt = row.getLong("tried_at");
    boolean wasTried = !row.wasNull();
    return new Version(
        new VersionId(row.getLong("id")),
        row.getString("name"),
        parent == 0 ? Optional.empty() : Optional.of(new VersionId(parent)),
        row.getString("kind"),
        Path.of(row.getString("folder")),
        row.getString("data_hash"),
        row.getString("settings"),
        row.getString("metrics"),
        verdict == null ? Verdict.NONE : Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)),
        row.getString("figures"),
        VersionState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("share"),
        wasTried ? Optional.of(Instant.ofEpochMilli(triedAt)) : Optional.empty(),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
