package dev.parley.storage;

import dev.parley.storage.DatabaseException.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** Brings tables up to date. */
final class Schema {
  private static final String MIGRATIONS = "classpath:dev/parley/storage/migration/sqlite";

  private Schema() {}

  /** The version of tables that this Parley writes. */
  static int latest() {
    return Arrays.stream(flyway(Sqlite.inMemory()).info().all())
        .mapToInt(migration -> Integer.parseInt(migration.getVersion().getVersion()))
        .max()
        .orElseThrow();
  }

  private static Flyway flyway(DataSource source) {
    return Flyway.configure().dataSource(source).locations(MIGRATIONS).load();
  }

  /** Whether a newer Parley wrote a file. */
  static boolean isNewer(Path file) {
    try {
      return isNewer(flyway(Sqlite.writer(file)));
    } catch (FlywayException e) {
      throw explained(e, file);
    }
  }

  private static boolean isNewer(Flyway flyway) {
    return Arrays.stream(flyway.info().applied())
        .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS);
  }

  static void migrate(Path file) {
    try {
      Flyway flyway = flyway(Sqlite.writer(file));
      if (isNewer(flyway)) {
        throw new DatabaseException(
            Kind.NEWER,
            "The database "
                + file
                + " was written by a newer Parley: update this one, or restore a backup from"
                + " before.");
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw explained(e, file);
    }
  }

  private static RuntimeException explained(FlywayException e, Path file) {
    RuntimeException known = SqliteErrors.translate(e, file);
    return known instanceof DatabaseException
        ? known
        : new DatabaseException(
            Kind.OTHER,
            "The database "
                + file
                + " could not be brought up to date: restore the last backup, or report this.",
            e);
  }
}
