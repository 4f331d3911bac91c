package dev.parley.storage;

import dev.parley.storage.DatabaseException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's error codes mean to whoever runs Parley. */
final class SqliteErrors {
  /** Extended codes carry their primary code in the lowest byte. */
  private static final int PRIMARY = 0xff;

  /** SQLite makes the index of the write-ahead log grow in steps of 32 KB. */
  private static final long LEAST_ROOM = 64 << 10;

  private SqliteErrors() {}

  /** The same exception where it is no fault of file or disk, such as a violated constraint. */
  static RuntimeException translate(RuntimeException e, Path file) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        int code = sqlite.getResultCode().code & PRIMARY;
        return translate(SQLiteErrorCode.getErrorCode(code), file, e);
      }
    }
    return e;
  }

  private static RuntimeException translate(SQLiteErrorCode code, Path file, RuntimeException e) {
    return switch (code) {
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new DatabaseException(
              Kind.DAMAGED,
              "The database " + file + " is damaged: restore the last backup in its place.",
              e);
      case SQLITE_FULL -> full(file, e);
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          new DatabaseException(
              Kind.READ_ONLY,
              "The database " + file + " cannot be written: check who owns it and its folder.",
              e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new DatabaseException(
              Kind.IN_USE, "Another program holds " + file + ": close it and try again.", e);
      // the index of the write-ahead log cannot grow on a full disk, which SQLite calls an I/O
      // error
      case SQLITE_IOERR ->
          hasRoom(file)
              ? new DatabaseException(
                  Kind.OTHER, "The disk with " + file + " reports errors: check the disk.", e)
              : full(file, e);
      default -> e;
    };
  }

  /** Whether SQLite found no room for what it was to write. */
  static boolean isFull(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && (sql.getErrorCode() & PRIMARY) == SQLiteErrorCode.SQLITE_FULL.code) {
        return true;
      }
    }
    return false;
  }

  private static DatabaseException full(Path file, RuntimeException e) {
    return new DatabaseException(
        Kind.DISK_FULL,
        "The disk with "
            + file
            + " is full: make room; what is stored is safe, nothing new is taken until then.",
        e);
  }

  private static boolean hasRoom(Path file) {
    return file.toAbsolutePath().resolveSibling(".").toFile().getUsableSpace() > LEAST_ROOM;
  }
}
