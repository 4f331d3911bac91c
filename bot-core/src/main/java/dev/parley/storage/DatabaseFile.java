package dev.parley.storage;

import dev.parley.storage.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConnection;

/**
 * A database as a file, looked at from outside: also while another process has it open, and as it
 * is, of whatever version.
 *
 * @param file an existing file
 */
public record DatabaseFile(Path file) {

  /** Whether another Parley has it open now. */
  public boolean inUse() {
    try (DatabaseLock _ = DatabaseLock.take(file)) {
      return false;
    } catch (DatabaseException e) {
      if (e.kind() == Kind.IN_USE) {
        return true;
      }
      throw e;
    }
  }

  /** Bytes on the disk, the write-ahead log included. */
  public long sizeInBytes() {
    return file.toFile().length()
        + file.resolveSibling(file.getFileName() + "-wal").toFile().length();
  }

  /** Examines the whole file: empty where it is sound, otherwise what was found. Takes a while. */
  public List<String> integrityCheck() {
    try (Handle handle = open()) {
      return faults(handle);
    } catch (JdbiException e) {
      RuntimeException known = SqliteErrors.translate(e, file);
      if (known instanceof DatabaseException damage && damage.kind() == Kind.DAMAGED) {
        return List.of("a page that everything else hangs on cannot be read");
      }
      throw known;
    }
  }

  /** Whether a newer Parley wrote it, which this one leaves alone. */
  public boolean isNewer() {
    return Schema.isNewer(file);
  }

  /**
   * Takes the right to write, and gives it back.
   *
   * @throws DatabaseException where another program holds it, or the file or its folder cannot be
   *     written
   */
  public void requireWritable() {
    try (Handle handle = open()) {
      handle.useTransaction(nothing -> {});
    } catch (JdbiException e) {
      throw SqliteErrors.translate(e, file);
    }
  }

  static List<String> faults(Handle handle) {
    List<String> found =
        new ArrayList<>(handle.createQuery("PRAGMA integrity_check").mapTo(String.class).list());
    found.removeIf("ok"::equals);
    handle
        .createQuery("PRAGMA foreign_key_check")
        .map((row, context) -> "dangling reference in table " + row.getString("table"))
        .forEach(found::add);
    return found;
  }

  /**
   * Copies it by SQLite's own backup: one consistent state, however much is written meanwhile. The
   * copy is examined, and appears whole or not at all.
   *
   * @throws DatabaseException if there is a file already, it cannot be written, or the database is
   *     damaged
   */
  public void copyTo(Path target) {
    if (Files.exists(target)) {
      throw new DatabaseException(
          Kind.OTHER, target + " is there already: choose another name for the backup.");
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.deleteIfExists(unfinished);
      try {
        copyPages(unfinished);
        requireSound(unfinished);
        Files.move(unfinished, target);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException | SQLException | JdbiException e) {
      if (SqliteErrors.isFull(e)) {
        throw new DatabaseException(
            Kind.DISK_FULL, "The disk has no room for " + target + ": make room and try again.", e);
      }
      throw new DatabaseException(
          Kind.OTHER,
          "The backup could not be written to "
              + target
              + ": check that the folder exists, can be written and has room.",
          e);
    }
  }

  /** Writes nothing, but only a connection that could takes its log away at the end. */
  private Handle open() {
    return Jdbi.open(Sqlite.writer(file));
  }

  private void copyPages(Path copy) throws SQLException {
    try (Handle handle = open()) {
      SQLiteConnection connection = handle.getConnection().unwrap(SQLiteConnection.class);
      // All pages in one step: one consistent state, however much is written meanwhile.
      int code = connection.getDatabase().backup("main", copy.toString(), null, 0, 0, -1);
      if (code != 0) {
        throw new SQLException("backup ended with code " + code, null, code);
      }
    }
  }

  private void requireSound(Path copy) {
    List<String> faults;
    try (Handle handle = Jdbi.open(Sqlite.finished(copy))) {
      faults = faults(handle);
    } catch (JdbiException e) {
      faults = List.of(String.valueOf(e.getMessage()));
    }
    if (!faults.isEmpty()) {
      throw new DatabaseException(
          Kind.DAMAGED,
          "The database "
              + file
              + " is damaged, so it was not copied: restore the last backup in its place.");
    }
  }
}
