package dev.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.storage.BackupFile;
import dev.parley.storage.Database;
import dev.parley.storage.DatabaseException;
import dev.parley.storage.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
  private static final Duration DAILY = Duration.ofDays(1);

  @TempDir private Path home;

  private Instant now = Instant.parse("2026-11-27T03:04:05Z");
  private Path file;
  private Path folder;
  private Backups backups;

  @BeforeEach
  void names() {
    file = home.resolve("parley.db");
    folder = home.resolve("backups");
    InstantSource clock = () -> now;
    backups = new Backups(file, folder, Duration.ofDays(3), clock.withZone(ZoneOffset.UTC));
  }

  @Test
  void oneIsMadeWhereTheNewestIsTooOldAndThoseTooOldGo() throws IOException {
    remember("Ada");
    Path manual = Files.createDirectories(folder).resolve("before-update.db");
    Files.writeString(manual, "the operator's own");

    assertThat(backups.makeWhereDue(DAILY)).contains(folder.resolve("parley-2026-11-27-030405.db"));
    assertThat(backups.makeWhereDue(DAILY)).isEmpty();
    for (int day = 1; day <= 5; day++) {
      now = now.plus(DAILY);
      assertThat(backups.makeWhereDue(DAILY)).isPresent();
    }

    assertThat(backups.all())
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "parley-2026-11-29-030405.db",
            "parley-2026-11-30-030405.db",
            "parley-2026-12-01-030405.db",
            "parley-2026-12-02-030405.db");
    assertThat(manual).exists();
  }

  /** Nobody is left without one because the bot was off for long, or its disk is full. */
  @Test
  void theNewestStaysHoweverOldItIs() throws IOException {
    remember("Ada");
    backups.make();
    now = now.plus(Duration.ofDays(400));
    Files.delete(file);
    Files.createDirectory(file); // cannot be copied any more

    assertThatThrownBy(() -> backups.makeWhereDue(DAILY)).isInstanceOf(RuntimeException.class);

    assertThat(backups.all()).hasSize(1);
  }

  @Test
  void aBackupIsPutBackAndWhatWasThereIsKept() throws IOException {
    remember("Ada");
    Path backup = backups.make();
    remember("Bob");
    Path aside = folder.resolve("aside.db");

    new BackupFile(backup).restore(file, aside);

    assertThat(people()).containsExactly("Ada");
    assertThat(new BackupFile(aside).contents().people()).isEqualTo(2);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aBackupIsPutInThePlaceOfADamagedDatabase() throws IOException {
    remember("Ada");
    Path backup = backups.make();
    Files.writeString(file, "no database at all");
    Path aside = folder.resolve("aside.db");

    new BackupFile(backup).restore(file, aside);

    assertThat(people()).containsExactly("Ada");
    assertThat(aside).hasContent("no database at all");
  }

  /** As after a kill, where somebody moved the database away and left its log. */
  @Test
  void aLogThatNothingBelongsToIsNotPlayedIntoTheBackup() throws IOException {
    remember("Ada");
    Path backup = backups.make();
    Path wal = home.resolve("parley.db-wal");
    Path copy = home.resolve("copy");
    try (Database running = Database.open(file)) {
      running.update(
          handle ->
              handle.execute(
                  "INSERT INTO person (platform, id, name, locale, first_seen)"
                      + " VALUES ('test', 'Bob', 'Bob', 'en', 0)"));
      Files.copy(wal, copy);
    }
    Files.delete(file);
    Files.move(copy, wal);

    new BackupFile(backup).restore(file, folder.resolve("aside.db"));

    assertThat(people()).containsExactly("Ada");
    assertThat(folder.resolve("aside.db-wal")).exists();
  }

  @Test
  void whatAKilledProcessLeftIsDeletedAndAClockThatWasWrongDelaysNothing() throws IOException {
    remember("Ada");
    Path left = Files.createDirectories(folder).resolve("parley-2026-11-20-000000.db.part");
    Files.writeString(left, "half");
    Path future = backups.make();
    Files.move(future, folder.resolve("parley-2099-01-01-000000.db"));

    assertThat(backups.makeWhereDue(DAILY)).isPresent();

    assertThat(left).doesNotExist();
  }

  @Test
  void whatWasOnItsWayWhenItWasMadeIsNotSaidAgain() throws IOException {
    remember("Ada");
    try (Database database = Database.open(file)) {
      database.update(
          handle -> handle.execute("INSERT INTO cursor (platform, position) VALUES ('test', 7)"));
    }
    Path backup = backups.make();

    new BackupFile(backup).restore(file, folder.resolve("aside.db"));

    try (Database database = Database.open(file)) {
      assertThat(
              database.<Integer>read(
                  handle ->
                      handle.createQuery("SELECT count(*) FROM cursor").mapTo(Integer.class).one()))
          .isZero();
    }
  }

  @Test
  void nothingIsPutBackWhileTheBotRunsOrFromAFileThatIsNoBackup() throws IOException {
    remember("Ada");
    BackupFile backup = new BackupFile(backups.make());
    try (Database running = Database.open(file)) {
      assertThatThrownBy(() -> backup.restore(file, folder.resolve("aside.db")))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("Another Parley is using");
      assertThat(running.integrityCheck()).isEmpty();
    }
    Path text = Files.writeString(folder.resolve("text.db"), "hello");
    Path half = folder.resolve("half.db");
    byte[] bytes = Files.readAllBytes(backup.file());
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    for (Path wrong : List.of(text, half, folder.resolve("none.db"))) {
      assertThatThrownBy(() -> new BackupFile(wrong).restore(file, folder.resolve("aside.db")))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining(wrong.toString());
    }
    assertThat(people()).containsExactly("Ada");
  }

  @Test
  void aBackupOfANewerParleyIsNotPutBack() throws IOException {
    remember("Ada");
    Path backup = backups.make();
    try (Database newer = Database.open(file)) {
      newer.update(
          handle ->
              handle.execute(
                  "UPDATE flyway_schema_history SET version = '9999' WHERE installed_rank = 1"));
    }
    Path fromTomorrow = folder.resolve("tomorrow.db");
    new DatabaseFile(file).copyTo(fromTomorrow);

    assertThatThrownBy(() -> new BackupFile(fromTomorrow).contents())
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("newer Parley");
    assertThat(new BackupFile(backup).contents().people()).isEqualTo(1);
  }

  private void remember(String name) {
    try (Database database = Database.open(file)) {
      database.update(
          handle ->
              handle.execute(
                  "INSERT INTO person (platform, id, name, locale, first_seen)"
                      + " VALUES ('test', ?, ?, 'en', 0)",
                  name,
                  name));
    }
  }

  private List<String> people() {
    try (Database database = Database.open(file)) {
      return database.read(
          handle ->
              handle.createQuery("SELECT name FROM person ORDER BY 1").mapTo(String.class).list());
    }
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.filter(path -> path.toString().endsWith(".part")).toList();
    }
  }
}
