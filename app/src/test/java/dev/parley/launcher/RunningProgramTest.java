package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.backup.Backups;
import dev.parley.command.Upkeep.Backup;
import dev.parley.storage.BackupFile;
import dev.parley.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningProgramTest {
  @TempDir private Path home;

  @Test
  void theDatabaseIsBackedUpWhileItIsOpen() throws IOException {
    try (Database _ = Database.open(home.resolve("parley.db"))) {
      Backup made = program().backUp();

      Path copy = home.resolve("backups").resolve(made.name());
      assertThat(made.bytes()).isEqualTo(Files.size(copy)).isPositive();
      assertThat(new BackupFile(copy).contents().people()).isZero();
    }
  }

  @Test
  void aFileInThePlaceOfTheBackupsFolderIsNamed() throws IOException {
    try (Database _ = Database.open(home.resolve("parley.db"))) {
      Files.createFile(home.resolve("backups"));

      assertThatThrownBy(() -> program().backUp())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(home.resolve("backups").toString());
    }
  }

  private RunningProgram program() {
    return new RunningProgram(
        new Backups(
            home.resolve("parley.db"),
            home.resolve("backups"),
            Duration.ofDays(30),
            Clock.systemUTC()));
  }
}
