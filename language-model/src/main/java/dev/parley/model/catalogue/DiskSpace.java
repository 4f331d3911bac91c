package dev.parley.model.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks before a download whether it will fit, so that it does not fail at its end. */
final class DiskSpace {
  /** For the database, logs and other people's files. */
  private static final long RESERVE = 64L << 20;

  private DiskSpace() {}

  static void require(Path folder, long bytes) throws IOException, SourceFailure {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > free - RESERVE) {
      throw new SourceFailure(
          "it needs %d MB more and %s has %d MB left: make room or choose a smaller model"
              .formatted(bytes >> 20, folder, free >> 20));
    }
  }
}
