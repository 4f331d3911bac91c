package dev.parley.launcher;

import dev.parley.backup.Backups;
import dev.parley.configuration.Configuration;
import dev.parley.logging.Logging;
import dev.parley.storage.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parley backup}: copies the database, also while a chat runs. */
@Command(
    name = "backup",
    description = "Copies the database to a new file, also while Parley runs.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "Where to; a dated file in backups/ where left out.")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Parley.configuration();
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    if (!Files.exists(configuration.databaseFile())) {
      System.err.println("There is no database in " + configuration.home() + " yet.");
      return 1;
    }
    System.out.println(file == null ? dated(configuration) : to(configuration, file));
    return 0;
  }

  private static Path dated(Configuration configuration) throws IOException {
    return Backups.of(configuration).make();
  }

  private static Path to(Configuration configuration, Path file) {
    new DatabaseFile(configuration.databaseFile()).copyTo(file.toAbsolutePath());
    return file.toAbsolutePath();
  }
}
