package dev.parley.launcher;

import dev.parley.backup.Backups;
import dev.parley.configuration.Configuration;
import dev.parley.loading.Attended;
import dev.parley.logging.Logging;
import dev.parley.storage.BackupFile;
import dev.parley.storage.DatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley restore}: puts a backup in the place of the database. */
@Command(
    name = "restore",
    description = {
      "Puts a backup in the place of the database, while Parley does not run. What was there before"
          + " is kept as a backup of its own.",
      "Without a file it lists the backups there are."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The backup, by its path or its name in backups/.")
  private @Nullable Path file;

  @Option(names = "--dry-run", description = "Examines the backup, and changes nothing.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Agree beforehand.")
  private boolean agreed;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Parley.configuration();
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    Backups backups = Backups.of(configuration);
    return file == null ? list(backups) : restore(configuration, backups, find(configuration));
  }

  private static int list(Backups backups) throws Exception {
    List<Path> all = backups.all();
    if (all.isEmpty()) {
      System.out.println("There is no backup yet: ./parley backup makes one.");
    }
    all.forEach(each -> System.out.println(each));
    return 0;
  }

  private Path find(Configuration configuration) {
    Path named = configuration.backupFolder().resolve(String.valueOf(file));
    return Files.exists(named) ? named : Path.of(String.valueOf(file)).toAbsolutePath();
  }

  private int restore(Configuration configuration, Backups backups, Path from) throws Exception {
    BackupFile backup = new BackupFile(from);
    System.out.println("backup     " + words(backup.contents()));
    Path database = configuration.databaseFile();
    System.out.println("now        " + now(database));
    if (dryRun) {
      System.out.println("The backup is sound. Nothing was changed.");
      return 0;
    }
    if (!agreed && !Attended.here()) {
      System.err.println("Nobody is here to agree: give --yes to put the backup in its place.");
      return 1;
    }
    if (!agreed && !TrainCommand.agrees("Put the backup in its place? [y/N] ")) {
      return 1;
    }
    Path aside = Files.createDirectories(configuration.backupFolder()).resolve(backups.name());
    backup.restore(database, aside);
    System.out.println(
        "What people deleted since then is there again: tell them, or let /privacy delete it"
            + " anew.");
    System.out.println(
        Files.exists(aside)
            ? "Restored. What was there before is " + aside
            : "Restored. There was no database before.");
    return 0;
  }

  /** What is there is looked at as a backup would be; where that fails, it says so. */
  private static String now(Path database) {
    if (!Files.exists(database)) {
      return "no database";
    }
    try {
      return words(new BackupFile(database).contents());
    } catch (DatabaseException e) {
      return "a database that cannot be read";
    }
  }

  private static String words(BackupFile.Contents contents) {
    return "%,d people, %,d conversations, %,d messages%s"
        .formatted(
            contents.people(),
            contents.conversations(),
            contents.messages(),
            contents
                .newest()
                .map(time -> ", the last of " + TIME.format(time.atZone(ZoneId.systemDefault())))
                .orElse(""));
  }
}
