package dev.parley.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQLite file: transactions, health. Thread-safe; methods wait, so call them on virtual
 * threads.
 *
 * <p>One connection writes, one transaction at a time; reads see the last commit and wait for
 * nobody. What {@link #write} returned from is on the disk itself: a killed process and a power cut
 * lose nothing of it.
 */
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /** Idle connections kept for reading; more are opened while more threads read at once. */
  private static final int IDLE_READERS = 4;

  private final Path file;
  private final DatabaseLock lock;
  private final Handle writer;
  private final Jdbi readers;
  private final BlockingQueue<Handle> idleReaders = new ArrayBlockingQueue<>(IDLE_READERS);

  /** Fair, since virtual threads come in crowds. Guards the fields below and {@link #writer}. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean broken;
  private boolean closed;
  private volatile boolean writable = true;

  private Database(Path file, DatabaseLock lock) {
    this.file = file;
    this.lock = lock;
    this.writer = jdbi(Sqlite.writer(file)).open();
    this.writer.createQuery("PRAGMA secure_delete = ON").mapToMap().list(); // zeros over what went
    this.readers = jdbi(Sqlite.reader(file));
  }

  private static Jdbi jdbi(javax.sql.DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    // Jdbi would put bound values, people's texts, into its messages.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  /**
   * Opens a database, creating it and its folder where there is none and bringing its schema up to
   * date.
   *
   * @throws DatabaseException if another process has it open, the folder cannot be written, the
   *     file is damaged or of a newer version
   */
  public static Database open(Path file) {
    DatabaseLock lock = DatabaseLock.take(file);
    try {
      Schema.migrate(file);
      return new Database(file, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw SqliteErrors.translate(e, file);
    }
  }

  /**
   * Runs work in a transaction: all of it is kept, or, where it throws, nothing. Called within
   * another write on the same thread it becomes part of that one, which then fails whole if this
   * throws.
   *
   * @throws DatabaseException if the disk is full, the file damaged, and the like
   */
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    if (writing.isHeldByCurrentThread()) {
      return join(work);
    }
    writing.lock();
    try {
      broken = false;
      T result = writer.inTransaction(handle -> checked(work.apply(handle)));
      afterCommit.forEach(Runnable::run);
      return result;
    } catch (JdbiException e) {
      RuntimeException failure = SqliteErrors.translate(e, file);
      writable &= !(failure instanceof DatabaseException);
      throw failure;
    } finally {
      afterCommit.clear();
      try {
        leaveTransaction();
      } finally {
        writing.unlock();
      }
    }
  }

  /**
   * The driver takes a transaction that could not begin, as another program holds the file, for one
   * that runs: the next would begin none, and be kept statement by statement.
   */
  private void leaveTransaction() {
    if (closed || !writer.isInTransaction()) {
      return;
    }
    Connection connection = writer.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      log.debug("There was no transaction: {}", e.getMessage());
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) { // it would commit, and knows better afterwards
      log.debug("There was nothing to commit: {}", e.getMessage());
    }
  }

  private <T extends @Nullable Object> T join(Function<Handle, T> work) {
    boolean done = false;
    try {
      T result = work.apply(writer);
      done = true;
      return result;
    } finally {
      broken |= !done;
    }
  }

  private <T extends @Nullable Object> T checked(T result) {
    if (broken) {
      throw new IllegalStateException("a part of this transaction failed: nothing is kept");
    }
    return result;
  }

  /** {@link #write} without a result. */
  public void update(Consumer<Handle> work) {
    this.<@Nullable Object>write(
        handle -> {
          work.accept(handle);
          return null;
        });
  }

  /**
   * Runs work that only reads, on one consistent state: the last commit, or within a write what
   * that has written so far.
   *
   * @throws DatabaseException if the file is damaged, and the like
   */
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    if (writing.isHeldByCurrentThread()) {
      return work.apply(writer);
    }
    Handle idle = idleReaders.poll();
    try {
      Handle handle = idle != null ? idle : readers.open();
      try {
        return handle.inTransaction(work::apply);
      } finally {
        if (!idleReaders.offer(handle)) {
          handle.close();
        }
      }
    } catch (JdbiException e) {
      throw SqliteErrors.translate(e, file);
    }
  }

  /**
   * Whether file and disk take what is written. Once they did not, some room is taken to try, as
   * nobody may write for hours.
   */
  public boolean isWritable() {
    return writable || isWritableAgain();
  }

  private boolean isWritableAgain() {
    try {
      update(
          handle -> handle.execute("CREATE TABLE IF NOT EXISTS probe AS SELECT zeroblob(65536)"));
      update(handle -> handle.execute("DROP TABLE IF EXISTS probe")); // two may try at once
      writable = true;
    } catch (DatabaseException e) {
      log.debug("The database still takes nothing: {}", e.getMessage());
    }
    return writable;
  }

  /** Whether the calling thread is inside {@link #write}. */
  boolean isWriting() {
    return writing.isHeldByCurrentThread();
  }

  /** Runs an action once the transaction of this thread is committed, and never if it is not. */
  void afterCommit(Runnable action) {
    if (!isWriting()) {
      throw new IllegalStateException("not in a transaction");
    }
    afterCommit.add(action);
  }

  /**
   * Leaves nothing of what was deleted in the log beside the file, which otherwise stays there
   * until it is written over. Where somebody reads just now, that is when they have ended.
   */
  public void clean() {
    writing.lock();
    try {
      writer.createQuery("PRAGMA wal_checkpoint(TRUNCATE)").mapToMap().list();
    } catch (JdbiException e) {
      throw SqliteErrors.translate(e, file);
    } finally {
      writing.unlock();
    }
  }

  /** Bytes on the disk, the write-ahead log included. */
  public long sizeInBytes() {
    return new DatabaseFile(file).sizeInBytes();
  }

  /** Examines the whole file: empty where it is sound, otherwise what was found. Takes a while. */
  public List<String> integrityCheck() {
    return new DatabaseFile(file).integrityCheck();
  }

  /** Waits for a running write and closes. No other thread may use the database any more. */
  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        idleReaders.forEach(Handle::close);
        writer.close(); // last: it moves the log into the file
        lock.close();
      }
    } finally {
      writing.unlock();
    }
  }
}
