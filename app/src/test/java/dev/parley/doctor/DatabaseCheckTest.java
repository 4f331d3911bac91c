package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.Diagnosis.Mark;
import dev.parley.storage.Database;
import dev.parley.storage.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("parley.db");
  }

  private List<Diagnosis> examine() {
    return new DatabaseCheck(file(), folder.resolve("backups"), InstantSource.fixed(NOW)).examine();
  }

  private void backUp(Duration ago) throws IOException {
    Path backup = Files.createDirectories(folder.resolve("backups")).resolve("one.db");
    new DatabaseFile(file()).copyTo(backup);
    Files.setLastModifiedTime(backup, FileTime.from(NOW.minus(ago)));
  }

  @Test
  void noDatabaseIsNoProblem() {
    assertThat(examine()).extracting(Diagnosis::mark).containsExactly(Mark.GOOD);
  }

  @Test
  void aDatabaseWithoutABackupIsNoted() {
    Database.open(file()).close();

    assertThat(examine())
        .extracting(Diagnosis::toString)
        .satisfiesExactly(
            text -> assertThat(text).startsWith("✓ database ").endsWith(", integrity ok"),
            text -> assertThat(text).isEqualTo("! no backup yet: ./parley backup makes one."));
  }

  @Test
  void theAgeOfTheLastBackupIsSaid() throws IOException {
    Database.open(file()).close();
    backUp(Duration.ofHours(3));

    assertThat(examine().getLast()).hasToString("✓ last backup 3 h ago");
  }

  @Test
  void anOldBackupIsNoted() throws IOException {
    Database.open(file()).close();
    backUp(Duration.ofDays(9));

    assertThat(examine().getLast())
        .hasToString("! last backup 9 d ago: ./parley backup makes another.");
  }

  /** It may be all that there is of what people said since. */
  @Test
  void aBackupOfANewerParleyIsNotToBeDeleted() throws Exception {
    Database.open(file()).close();
    backUp(Duration.ofHours(3));
    try (Connection newer =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("backups/one.db"));
        Statement statement = newer.createStatement()) {
      statement.execute("UPDATE flyway_schema_history SET version = '9999' WHERE version = '1'");
    }

    assertThat(examine().getLast().toString())
        .startsWith("! newest backup ")
        .contains("was written by a newer Parley: keep it")
        .doesNotContain("delete");
  }

  @Test
  void aDamagedDatabaseIsAProblemThatNamesTheBackup() throws IOException {
    Database.open(file()).close();
    backUp(Duration.ofHours(3));
    Files.writeString(file(), "no database any more".repeat(1000));

    Diagnosis damage = examine().getFirst();

    assertThat(damage.mark()).isEqualTo(Mark.PROBLEM);
    assertThat(damage.text()).contains("damaged", "backups/one.db");
  }
}
