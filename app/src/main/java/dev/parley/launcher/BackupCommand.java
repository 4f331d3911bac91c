package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.logging.Logging;
import dev.parley.storage.DatabaseFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
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
    Logging.start(configuration, false);
    Path target = file == null ? dated(configuration) : file;
    if (!Files.exists(configuration.databaseFile())) {
      System.err.println("There is no database in " + configuration.home() + " yet.");
      return 1;
    }
    new DatabaseFile(configuration.databaseFile()).copyTo(target.toAbsolutePath());
    System.out.println(target.toAbsolutePath());
    return 0;
  }

  private static Path dated(Configuration configuration) throws java.io.IOException {
    Path folder = Files.createDirectories(configuration.backupFolder());
    String time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss")
            .format(LocalDateTime.now(java.time.ZoneId.systemDefault()));
    return folder.resolve("parley-" + time + ".db");
  }
}
