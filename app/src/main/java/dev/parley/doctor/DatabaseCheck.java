package dev.parley.doctor;

import dev.parley.storage.BackupFile;
import dev.parley.storage.DatabaseException;
import dev.parley.storage.DatabaseException.Kind;
import dev.parley.storage.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The database and its backups. */
public final class DatabaseCheck {
  private static final Duration OLD = Duration.ofDays(7);

  private final DatabaseFile database;
  private final Path backups;
  private final InstantSource clock;

  public DatabaseCheck(Path file, Path backups, InstantSource clock) {
    this.database = new DatabaseFile(file);
    this.backups = backups;
    this.clock = clock;
  }

  public List<Diagnosis> examine() {
    List<Diagnosis> found = new ArrayList<>();
    found.add(Files.exists(database.file()) ? state() : missing());
    if (Files.exists(backups) && !new Folder(backups).takesFiles()) {
      found.add(
          Diagnosis.problem(
              "backups cannot be written to %s: check that it is a folder, who owns it, and that"
                      .formatted(backups)
                  + " the disk has room."));
    } else if (Files.exists(database.file())) {
      found.add(lastBackup());
    }
    return found;
  }

  /** A log that is left would be deleted with the first start. */
  private Diagnosis missing() {
    Path log = database.file().resolveSibling(database.file().getFileName() + "-wal");
    if (Files.exists(log)) {
      return Diagnosis.problem(
          "database %s is gone, and its log %s is left: put the file back before Parley starts, or"
                  .formatted(database.file(), log.getFileName())
              + " "
              + restore());
    }
    return newest().isEmpty()
        ? Diagnosis.good("no database yet: the first chat makes it")
        : Diagnosis.note(
            "no database is in %s, and there are backups: to go on with one, %s"
                .formatted(database.file().getParent(), restore()));
  }

  private Diagnosis state() {
    try {
      List<String> faults = database.integrityCheck();
      if (!faults.isEmpty()) {
        return Diagnosis.problem(
            "database %s is damaged (%s): stop Parley, then %s"
                .formatted(database.file(), oneLine(faults.getFirst()), restore()));
      }
      boolean inUse = database.inUse();
      if (!inUse) {
        database.requireWritable();
      }
      if (database.isNewer()) {
        return Diagnosis.problem(
            "database %s was written by a newer Parley: update this one, or ./parley restore a"
                    .formatted(database.file())
                + " backup from before.");
      }
      return Diagnosis.good(
          "database "
              + size(database.sizeInBytes())
              + ", integrity ok"
              + (inUse ? ", in use by a Parley that runs now" : ""));
    } catch (DatabaseException e) {
      return Diagnosis.problem("database: " + e.getMessage());
    }
  }

  /** SQLite names a tree in a line of its own. */
  private static String oneLine(String fault) {
    return fault.replaceAll("\\s*\n\\s*", ": ");
  }

  /** How to, with the newest backup where there is one. */
  private String restore() {
    return "./parley restore "
        + newest().map(Path::toString).orElse("FILE, of a backup you have")
        + ".";
  }

  private Diagnosis lastBackup() {
    Optional<Path> newest = newest();
    if (newest.isEmpty()) {
      return Diagnosis.note("no backup yet: ./parley backup makes one.");
    }
    try {
      new BackupFile(newest.get()).contents();
    } catch (DatabaseException e) {
      if (e.kind() == Kind.NEWER) { // what a newer Parley left before this one came back
        return Diagnosis.note(
            "newest backup %s was written by a newer Parley: keep it for that one, and ./parley backup makes another."
                .formatted(newest.get()));
      }
      return Diagnosis.problem(
          "newest backup %s is no sound database of Parley's: delete it, and ./parley backup makes"
                  .formatted(newest.get())
              + " another.");
    }
    Duration age =
        Duration.ofMillis(clock.instant().toEpochMilli() - newest.get().toFile().lastModified());
    return age.compareTo(OLD) > 0
        ? Diagnosis.note("last backup " + words(age) + " ago: ./parley backup makes another.")
        : Diagnosis.good("last backup " + words(age) + " ago");
  }

  private Optional<Path> newest() {
    if (!Files.isDirectory(backups)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(backups)) {
      return files
          .filter(file -> file.toString().endsWith(".db"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String size(long bytes) {
    return bytes < 1_000_000 ? bytes / 1_000 + " kB" : "%,d MB".formatted(bytes / 1_000_000);
  }

  private static String words(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d";
    }
    return age.toHours() > 0 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
  }

  /** Whether a Parley runs on it now; nothing where that cannot be known. */
  public boolean inUse() {
    try {
      return Files.exists(database.file()) && database.inUse();
    } catch (DatabaseException e) {
      return false;
    }
  }
}
