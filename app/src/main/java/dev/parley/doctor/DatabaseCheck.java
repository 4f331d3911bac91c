package dev.parley.doctor;

import dev.parley.storage.DatabaseException;
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
    if (!Files.exists(database.file())) {
      return List.of(Diagnosis.good("no database yet: the first chat makes it"));
    }
    List<Diagnosis> found = new ArrayList<>();
    found.add(integrity());
    found.add(lastBackup());
    return found;
  }

  private Diagnosis integrity() {
    try {
      List<String> faults = database.integrityCheck();
      if (!faults.isEmpty()) {
        return Diagnosis.problem(
            "database %s is damaged (%s): stop Parley, then ./parley restore %s"
                .formatted(
                    database.file(),
                    faults.getFirst(),
                    newest().map(Path::toString).orElse("FILE, of a backup you have")));
      }
      String size = size(database.sizeInBytes());
      return Diagnosis.good(
          "database "
              + size
              + ", integrity ok"
              + (database.inUse() ? ", in use by a Parley that runs now" : ""));
    } catch (DatabaseException e) {
      return Diagnosis.problem(String.valueOf(e.getMessage()));
    }
  }

  private Diagnosis lastBackup() {
    return newest()
        .map(file -> clock.instant().toEpochMilli() - file.toFile().lastModified())
        .map(Duration::ofMillis)
        .map(
            age ->
                age.compareTo(OLD) > 0
                    ? Diagnosis.note(
                        "last backup " + words(age) + " ago: ./parley backup makes another.")
                    : Diagnosis.good("last backup " + words(age) + " ago"))
        .orElseGet(() -> Diagnosis.note("no backup yet: ./parley backup makes one."));
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
