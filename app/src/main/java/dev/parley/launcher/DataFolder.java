package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import java.io.IOException;
import java.nio.file.Files;

/** The folder that holds everything Parley keeps. */
final class DataFolder {
  private DataFolder() {}

  /** Makes it where there is none. */
  static void make(Configuration configuration) throws IOException {
    try {
      Files.createDirectories(configuration.home());
    } catch (IOException e) {
      throw new IOException(
          "The data folder "
              + configuration.home()
              + " cannot be made: choose another with PARLEY_HOME.",
          e);
    }
  }
}
