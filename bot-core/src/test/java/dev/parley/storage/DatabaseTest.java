package dev.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.parley.storage.DatabaseException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  private @Nullable Database opened;

  private Database open() {
    Database database = Database.open(file());
    opened = database;
    return database;
  }

  private Path file() {
    return folder.resolve("data/parley.db");
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void aNewDatabaseIsMadeWithItsFolderAndIsSound() {
    Database database = open();
    assertThat(database.integrityCheck()).isEmpty();
    assertThat(new DatabaseFile(file()).sizeInBytes()).isPositive();
  }

  @Test
  void whatWasWrittenIsThereAfterOpeningAgain() {
    Database database = open();
    database.update(handle -> remember(handle, "tide"));
    database.close();

    assertThat(names(open())).containsExactly("tide");
  }

  @Test
  void aTransactionThatThrowsLeavesNothing() {
    Database database = open();
    assertThatThrownBy(
            () ->
                database.update(
                    handle -> {
                      remember(handle, "tide");
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");

    assertThat(names(database)).isEmpty();
  }

  @Test
  void aTransactionThatThrowsLeavesNothingAlsoAfterOneThatCouldNotBegin() throws Exception {
    Database database = open();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> database.update(handle -> remember(handle, "moon")))
          .isInstanceOf(DatabaseException.class);
      statement.execute("ROLLBACK");
    }
    assertThatThrownBy(
            () ->
                database.update(
                    handle -> {
                      remember(handle, "tide");
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    database.update(handle -> remember(handle, "ebb"));

    assertThat(names(database)).containsExactly("ebb");
  }

  @Test
  void aClosedDatabaseRefusesWritesOfEveryThread() throws Exception {
    Database database = open();
    database.close();
    assertThatThrownBy(() -> database.update(handle -> remember(handle, "tide")))
        .isInstanceOf(JdbiException.class);
    Thread other =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatThrownBy(() -> database.update(handle -> remember(handle, "tide")))
                        .isInstanceOf(JdbiException.class));

    assertThat(other.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void aWriteWithinAWriteIsPartOfIt() {
    Database database = open();
    assertThatThrownBy(
            () ->
                database.update(
                    outer -> {
                      database.update(inner -> remember(inner, "tide"));
                      assertThat(names(database)).containsExactly("tide");
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");

    assertThat(names(database)).isEmpty();
  }

  @Test
  void aTransactionWhosePartFailedIsNotKeptEvenIfThatWasCaught() {
    Database database = open();
    assertThatThrownBy(
            () ->
                database.update(
                    outer -> {
                      remember(outer, "tide");
                      assertThatThrownBy(() -> database.update(DatabaseTest::fail));
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(names(database)).isEmpty();
  }

  @Test
  void readersSeeTheLastCommitWhileAWriteRuns() throws InterruptedException {
    Database database = open();
    database.update(handle -> remember(handle, "ebb"));
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    Thread writer =
        Thread.startVirtualThread(
            () ->
                database.update(
                    handle -> {
                      remember(handle, "flood");
                      written.countDown();
                      await(read);
                    }));
    written.await();

    assertThat(names(database)).containsExactly("ebb");
    read.countDown();
    writer.join();
    assertThat(names(database)).containsExactly("ebb", "flood");
  }

  @Test
  void aCommitWaitsForTheDisk() {
    int full = 2; // https://www.sqlite.org/pragma.html#pragma_synchronous
    assertThat(
            open()
                .<Integer>write(
                    handle -> handle.createQuery("PRAGMA synchronous").mapTo(Integer.class).one()))
        .isEqualTo(full);
  }

  @Test
  void aSecondUserOfTheSameFileIsRefused() {
    open();
    assertFails(() -> Database.open(file()), Kind.IN_USE, "Another Parley is using");
  }

  @Test
  void aFileThatIsNoDatabaseIsCalledDamaged() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "this is not a database, whatever its name says".repeat(100));

    assertFails(() -> Database.open(file()), Kind.DAMAGED, "restore the last backup");
  }

  @Test
  void aFileWithDamagedPagesIsCalledDamaged() throws IOException {
    Database database = open();
    database.update(handle -> remember(handle, "tide"));
    database.close();
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.seek(4096);
      bytes.write(new byte[(int) bytes.length() - 4096]);
    }

    assertFails(() -> names(open()), Kind.DAMAGED, "restore the last backup");
  }

  @Test
  void aFullDiskRefusesNewDataAndKeepsTheOld() {
    Database database = open();
    database.update(handle -> remember(handle, "tide"));
    setMaxPages(database, 1); // SQLite takes the present size as the least

    assertFails(
        () -> database.update(handle -> remember(handle, "x".repeat(1_000_000))),
        Kind.DISK_FULL,
        "make room");
    assertThat(names(database)).containsExactly("tide");
    database.update(handle -> handle.execute("DELETE FROM event_seen WHERE id = 'nobody''s'"));
    assertThat(database.isWritable()).as("though it took what changes nothing").isFalse();

    setMaxPages(database, 1_000_000);
    assertThat(database.isWritable()).as("without anybody writing").isTrue();
    database.update(handle -> remember(handle, "wave"));
    assertThat(names(database)).containsExactly("tide", "wave");
  }

  /** Whoever watches may ask twice at the same time. */
  @Test
  void manyMayFindOutThatThereIsRoomAgain() throws Exception {
    Database database = open();
    setMaxPages(database, 1);
    assertFails(
        () -> database.update(handle -> remember(handle, "x".repeat(1_000_000))),
        Kind.DISK_FULL,
        "make room");
    setMaxPages(database, 1_000_000);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> watcher = database::isWritable;
      for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(8, watcher))) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(folder.resolve("data"), "a file where the folder should be");

    assertFails(() -> Database.open(file()), Kind.READ_ONLY, "cannot be written");
  }

  @Test
  void aDatabaseOfANewerVersionIsLeftAlone() {
    Database database = open();
    database.update(
        handle ->
            handle.execute(
                """
                INSERT INTO flyway_schema_history
                SELECT 999, '999', 'from the future', type, 'V999__future.sql', 1, installed_by,
                  installed_on, execution_time, success
                FROM flyway_schema_history WHERE version = '1'
                """));
    database.close();

    assertFails(() -> Database.open(file()), Kind.NEWER, "newer Parley");
  }

  @Test
  void afterAFailedOpeningTheFileCanBeOpened() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "this is not a database, whatever its name says".repeat(100));
    assertThatThrownBy(this::open).isInstanceOf(DatabaseException.class);
    Files.delete(file());

    assertThat(open().integrityCheck()).isEmpty();
  }

  @Test
  void messagesOfErrorsHoldNobodysText() {
    Database database = open();
    database.update(handle -> remember(handle, "a secret"));

    assertThatThrownBy(() -> database.update(handle -> remember(handle, "a secret")))
        .hasMessageNotContaining("a secret");
    assertThat(database.isWritable()).as("which is no fault of the file's").isTrue();
  }

  private static void remember(Handle handle, String name) {
    handle
        .createUpdate("INSERT INTO event_seen (platform, id, seen_at) VALUES ('test', :name, 0)")
        .bind("name", name)
        .execute();
  }

  private static void fail(Handle handle) {
    throw new IllegalStateException("stop");
  }

  private static List<String> names(Database database) {
    return database.read(
        handle ->
            handle.createQuery("SELECT id FROM event_seen ORDER BY id").mapTo(String.class).list());
  }

  private static void setMaxPages(Database database, int pages) {
    database.update(
        handle -> handle.createQuery("PRAGMA max_page_count = " + pages).mapTo(Long.class).one());
  }

  private static void assertFails(ThrowingCallable code, Kind kind, String sentence) {
    AbstractObjectAssert<?, DatabaseException> thrown =
        assertThatExceptionOfType(DatabaseException.class)
            .isThrownBy(code)
            .withMessageContaining(sentence)
            .asInstanceOf(type(DatabaseException.class));
    thrown.extracting(DatabaseException::kind).isEqualTo(kind);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
