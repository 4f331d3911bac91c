package dev.parley.storage;

import dev.parley.storage.DatabaseException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second Parley away from a database: a lock of the operating system on a file beside it,
 * which ends with the process however that ends.
 */
final class DatabaseLock implements AutoCloseable {
  private final FileChannel channel;

  private DatabaseLock(FileChannel channel) {
    this.channel = channel;
  }

  static DatabaseLock take(Path database) {
    FileChannel channel = open(database);
    try {
      if (channel.tryLock() != null) {
        return new DatabaseLock(channel);
      }
    } catch (OverlappingFileLockException _) {
      // held by this very process: refused like any other holder
    } catch (IOException e) {
      close(channel);
      throw new DatabaseException(
          Kind.OTHER, "The disk with " + database + " cannot lock files: use a local disk.", e);
    }
    close(channel);
    throw new DatabaseException(
        Kind.IN_USE,
        "Another Parley is using "
            + database
            + ": stop it, or choose another data folder with PARLEY_HOME.");
  }

  private static FileChannel open(Path database) {
    try {
      Path folder = database.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return FileChannel.open(
          database.resolveSibling(database.getFileName() + ".lock"),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DatabaseException(
          Kind.READ_ONLY,
          "The folder of "
              + database
              + " cannot be written: check who owns it, or choose another with PARLEY_HOME.",
          e);
    }
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DatabaseException(Kind.OTHER, "A lock file could not be closed.", e);
    }
  }
}
