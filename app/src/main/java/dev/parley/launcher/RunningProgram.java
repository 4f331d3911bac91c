package dev.parley.launcher;

import dev.parley.backup.Backups;
import dev.parley.command.Upkeep;
import dev.parley.logging.Logging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.event.Level;

/**
 * What operators do to this process from a chat.
 *
 * @param backups of its database
 */
public record RunningProgram(Backups backups) implements Upkeep {
  @Override
  public Backup backUp() {
    try {
      Path made = backups.make();
      return new Backup(String.valueOf(made.getFileName()), Files.size(made));
    } catch (IOException e) {
      throw new UncheckedIOException("The backups' folder cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public Level logLevel() {
    return Logging.level();
  }

  @Override
  public void logLevel(Level least) {
    Logging.level(least);
  }
}
