package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.backup.Backups;
import dev.parley.storage.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./parley restore} as an operator gives it, with nobody at the terminal to agree. */
class RestoreCommandTest {
  @TempDir private Path home;

  private String backup = "";

  /** Somebody came after it was made. */
  @BeforeEach
  void makeBackup() throws Exception {
    Path file = home.resolve("parley.db");
    Database.open(file).close();
    Backups backups =
        new Backups(
            file,
            home.resolve("backups"),
            Duration.ofDays(30),
            Clock.system(ZoneId.systemDefault()));
    backup = String.valueOf(backups.make().getFileName());
    try (Database database = Database.open(file)) {
      database.update(
          handle ->
              handle.execute(
                  "INSERT INTO person (platform, id, name, locale, first_seen)"
                      + " VALUES ('test', '1', 'Ada', 'en', 0)"));
    }
  }

  @Test
  void aDryRunSaysWhatWouldComeAndChangesNothing() throws Exception {
    byte[] before = Files.readAllBytes(home.resolve("parley.db"));

    assertThat(restore("--dry-run", backup)).isZero();

    assertThat(said())
        .contains("backup     0 people", "now        1 people")
        .contains("The backup is sound. Nothing was changed.");
    assertThat(Files.readAllBytes(home.resolve("parley.db"))).isEqualTo(before);
    assertThat(backups()).isEqualTo(1);
  }

  @Test
  void whereNobodyAgreesNothingIsPutBack() throws Exception {
    assertThat(restore(backup)).isEqualTo(1);
    assertThat(said()).contains("give --yes");
    assertThat(people()).isEqualTo(1);

    assertThat(restore("--yes", backup)).isZero();
    assertThat(said()).contains("Restored. What was there before is");
    assertThat(people()).isZero();
    assertThat(backups()).isEqualTo(2);
  }

  private int restore(String... arguments) throws Exception {
    Path output = home.resolve("output");
    Process process =
        ParleyProcess.start(
            home,
            Map.of(),
            output,
            output,
            Stream.concat(Stream.of("restore"), Stream.of(arguments)).toArray(String[]::new));
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private String said() throws Exception {
    return Files.readString(home.resolve("output"));
  }

  private long backups() throws Exception {
    try (Stream<Path> files = Files.list(home.resolve("backups"))) {
      return files.count();
    }
  }

  private int people() {
    try (Database database = Database.open(home.resolve("parley.db"))) {
      return database.<Integer>read(
          handle -> handle.createQuery("SELECT count(*) FROM person").mapTo(Integer.class).one());
    }
  }
}
