package dev.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.storage.DatabaseException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {
  @TempDir private Path folder;
  private DatabaseFile file;
  private Path copy;

  @BeforeEach
  void names() {
    file = new DatabaseFile(folder.resolve("parley.db"));
    copy = folder.resolve("copy.db");
  }

  private static void remember(Database database, String name) {
    database.update(
        handle ->
            handle.execute(
                "INSERT INTO event_seen (platform, id, seen_at) VALUES ('test', ?, 0)", name));
  }

  private static List<String> names(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT id FROM event_seen").mapTo(String.class).list());
  }

  private List<String> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void assertNotCopied(Path target, Kind kind, String sentence) {
    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> file.copyTo(target))
        .withMessageContaining(sentence)
        .matches(e -> e.kind() == kind);
  }

  @Test
  void aCopyOfADatabaseInUseHoldsTheLastCommit() {
    try (Database database = Database.open(file.file())) {
      remember(database, "tide");

      file.copyTo(copy);
    }

    try (Database copied = Database.open(copy)) {
      assertThat(names(copied)).containsExactly("tide");
    }
  }

  @Test
  void aCopyLeavesNothingBesideItself() throws IOException {
    Database.open(file.file()).close();

    file.copyTo(copy);

    assertThat(filesLeft()).containsExactly("copy.db", "parley.db", "parley.db.lock");
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws IOException {
    Database.open(file.file()).close();
    Files.writeString(copy, "precious");

    assertNotCopied(copy, Kind.OTHER, "copy.db is there already");
    assertNotCopied(file.file(), Kind.OTHER, "parley.db is there already");
    assertThat(copy).hasContent("precious");
  }

  @Test
  void aTargetThatCannotBeWrittenIsNamed() {
    Database.open(file.file()).close();

    assertNotCopied(folder.resolve("missing/copy.db"), Kind.OTHER, "could not be written");
  }

  @Test
  void aDamagedDatabaseIsNoBackup() throws IOException {
    try (Database database = Database.open(file.file())) {
      remember(database, "tide");
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.file().toFile(), "rw")) {
      bytes.seek(4096 * 3);
      bytes.write(new byte[4096 * 10]);
    }

    assertNotCopied(copy, Kind.DAMAGED, "is damaged");
    assertThat(filesLeft()).doesNotContain("copy.db", "copy.db.part");
    assertThat(file.integrityCheck()).isNotEmpty();
  }

  @Test
  void aDatabaseOfANewerVersionIsCopiedAsItIs() {
    try (Database database = Database.open(file.file())) {
      database.update(
          handle ->
              handle.execute(
                  "INSERT INTO flyway_schema_history SELECT 99, '99', 'future', 'SQL', 'V99.sql',"
                      + " 1, 'x', installed_on, 1, 1 FROM flyway_schema_history LIMIT 1"));
    }

    file.copyTo(copy);

    assertThat(new DatabaseFile(copy).integrityCheck()).isEmpty();
  }

  @Test
  void aClosedDatabaseIsNotInUse() {
    Database.open(file.file()).close();

    assertThat(file.inUse()).isFalse();
  }
}
