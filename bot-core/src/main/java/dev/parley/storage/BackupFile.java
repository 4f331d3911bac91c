package dev.parley.storage;

import dev.parley.storage.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * A copy of a database that nobody writes any more.
 *
 * @param file as {@link DatabaseFile#copyTo} made it
 */
public record BackupFile(Path file) {
  /**
   * What is in it.
   *
   * @param version of its tables
   * @param newest when the last message was written
   */
  public record Contents(
      int version, int people, int conversations, int messages, Optional<Instant> newest) {}

  /**
   * Examines all of it, and writes nothing.
   *
   * @throws DatabaseException if there is none, or it is damaged, no database of Parley's, or of a
   *     newer version
   */
  public Contents contents() {
    if (!Files.isRegularFile(file)) {
      throw new DatabaseException(
          Kind.OTHER, "There is no backup " + file + ": ./parley restore lists those there are.");
    }
    try (Handle handle = Jdbi.open(Sqlite.finished(file))) {
      List<String> faults = DatabaseFile.faults(handle);
      if (!faults.isEmpty()) {
        throw damaged(faults.getFirst());
      }
      int version =
          handle
              .createQuery("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history")
              .mapTo(Integer.class)
              .one();
      if (version > Schema.latest()) {
        throw new DatabaseException(
            Kind.NEWER,
            "The backup " + file + " was written by a newer Parley: update this one first.");
      }
      return new Contents(
          version,
          count(handle, "person"),
          count(handle, "conversation"),
          count(handle, "message"),
          handle
              .createQuery("SELECT max(created_at) FROM message")
              .mapTo(Long.class)
              .findOne()
              .map(Instant::ofEpochMilli));
    } catch (JdbiException e) {
      throw damaged("it is no database of Parley's");
    }
  }

  private static int count(Handle handle, String table) {
    return handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one();
  }

  private DatabaseException damaged(String fault) {
    return new DatabaseException(
        Kind.DAMAGED, "The backup " + file + " cannot be used (" + fault + "): take another one.");
  }

  /**
   * Puts it in the place of a database. What was there before is kept beside it; until the last
   * step, which is one move, that is what a process would find that was killed.
   *
   * @param database that nobody has open; need not exist
   * @param aside where the old one is kept, a file that is not there yet
   * @throws DatabaseException if another process has it open, or something cannot be written
   */
  public void restore(Path database, Path aside) {
    contents();
    Path unfinished = database.resolveSibling(database.getFileName() + ".part");
    try (DatabaseLock _ = DatabaseLock.take(database)) {
      try {
        Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
        endWhatWasOnItsWay(unfinished);
        keepAside(database, aside);
        Files.move(
            unfinished,
            database,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException | JdbiException e) {
      throw new DatabaseException(
          Kind.OTHER,
          "The backup could not be put in the place of "
              + database
              + ", which is as it was: check that its folder can be written and has room.",
          e);
    }
  }

  /** What platforms were told and told since then is not said and not answered once more. */
  private static void endWhatWasOnItsWay(Path copy) {
    try (Handle handle = Jdbi.open(Sqlite.writer(copy))) {
      handle.useTransaction(
          within -> {
            within.execute("DELETE FROM cursor");
            within.execute("DELETE FROM incoming_event");
            within.execute(
                "UPDATE reply SET state = 'failed'"
                    + " WHERE state IN ('queued', 'generating', 'delivering')");
          });
    }
  }

  /**
   * With what is in its log; where it is too damaged for that, both as they are. A log that nothing
   * belongs to any more goes aside too, or it would be played into the backup.
   */
  private static void keepAside(Path database, Path aside) throws IOException {
    if (Files.exists(database)) {
      try {
        new DatabaseFile(database).copyTo(aside);
      } catch (DatabaseException damaged) {
        Files.copy(database, aside);
      }
    }
    for (String log : List.of("-wal", "-shm")) {
      Path beside = database.resolveSibling(database.getFileName() + log);
      if (Files.exists(beside)) {
        Files.move(
            beside,
            aside.resolveSibling(aside.getFileName() + log),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
