package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder that holds everything Parley keeps. */
final class DataFolder {
  private DataFolder() {}

  /** Makes it where there is none, for its owner alone: it holds what people wrote. */
  static void make(Configuration configuration) throws IOException {
    try {
      Path home = configuration.home();
      if (!Files.isDirectory(home)) {
        Files.createDirectories(home);
        if (Files.getFileStore(home).supportsFileAttributeView(PosixFileAttributeView.class)) {
          Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        }
      }
    } catch (IOException e) {
      throw new IOException(
          "The data folder "
              + configuration.home()
              + " cannot be made: choose another with PARLEY_HOME.",
          e);
    }
  }
}
