package dev.parley.storage;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** How connections to SQLite are set up. */
final class Sqlite {
  /** Only a backup tool of somebody else ever holds the file for long. */
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private Sqlite() {}

  static DataSource writer(Path file) {
    SQLiteConfig config = config();
    // Takes the write lock at the beginning, where waiting works, not at the first change.
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return source(file, config);
  }

  static DataSource reader(Path file) {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return source(file, config);
  }

  /** An empty database for a moment. */
  static DataSource inMemory() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite::memory:");
    return source;
  }

  /** A file that nobody writes any more: read without making files beside it. */
  static DataSource finished(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath().toUri() + "?immutable=1");
    return source;
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    // NORMAL would survive kill -9 as well, but a power cut could take the last commits back: with
    // a write-ahead log it syncs at checkpoints only. https://www.sqlite.org/pragma.html
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.enforceForeignKeys(true);
    return config;
  }

  private static DataSource source(Path file, SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }
}
