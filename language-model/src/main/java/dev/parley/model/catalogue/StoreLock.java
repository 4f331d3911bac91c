package dev.parley.model.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps other processes, and other threads of this one, from fetching or removing the same model.
 * The empty file stays behind: deleting it would let two holders in, each on a file of its own.
 */
final class StoreLock implements Closeable {
  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Empty where somebody else holds it. */
  static Optional<StoreLock> tryTake(Path model) throws IOException {
    Path file = model.resolveSibling("." + model.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isLocked(channel)) {
      return Optional.of(new StoreLock(channel));
    }
    channel.close();
    return Optional.empty();
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Closing the file releases its lock. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
