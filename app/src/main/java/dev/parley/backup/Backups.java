package dev.parley.backup;

import dev.parley.configuration.Configuration;
import dev.parley.storage.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dated copies of a database in a folder. A copy's name is its time, which counts rather than
 * that of the file: copies that were moved keep their age. Thread-safe.
 */
public final class Backups {
  private static final Logger log = LoggerFactory.getLogger(Backups.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'parley-'uuuu-MM-dd-HHmmss'.db'");

  private static final String UNFINISHED = ".part";

  /** Between two looks whether one is due. */
  private static final Duration LOOK = Duration.ofMinutes(10);

  private final Path database;
  private final Path folder;
  private final Duration keep;
  private final Clock clock;

  /**
   * @param keep how long copies are kept
   * @param clock of the time zone that names are in
   */
  public Backups(Path database, Path folder, Duration keep, Clock clock) {
    this.database = database;
    this.folder = folder;
    this.keep = keep;
    this.clock = clock;
  }

  /** As the operator configured them. */
  public static Backups of(Configuration configuration) {
    return new Backups(
        configuration.databaseFile(),
        configuration.backupFolder(),
        configuration.backup().keep(),
        Clock.system(ZoneId.systemDefault()));
  }

  /** All there are, oldest first. */
  public List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> time(file).isPresent()).sorted().toList();
    }
  }

  /** When a copy was made. */
  public static Optional<LocalDateTime> time(Path file) {
    try {
      return Optional.of(LocalDateTime.parse(String.valueOf(file.getFileName()), NAME));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What one would be called now. */
  public String name() {
    return NAME.format(now());
  }

  /**
   * Makes one now, which is examined before it has its name.
   *
   * @throws dev.parley.storage.DatabaseException where it cannot be written, or the database is
   *     damaged
   */
  public Path make() throws IOException {
    Path target = Files.createDirectories(folder).resolve(name());
    new DatabaseFile(database).copyTo(target);
    return target;
  }

  /**
   * Makes one where the newest is too old, and deletes those that are older than they are kept, but
   * for the newest.
   *
   * @return the new one; empty where none was due
   */
  public Optional<Path> makeWhereDue(Duration every) throws IOException {
    deleteUnfinished();
    boolean due =
        all().stream()
            .reduce((older, newer) -> newer)
            .flatMap(Backups::time)
            .map(newest -> newest.isAfter(now()) || !newest.plus(every).isAfter(now()))
            .orElse(true);
    try {
      return due ? Optional.of(make()) : Optional.empty();
    } finally {
      deleteOld();
    }
  }

  private void deleteOld() throws IOException {
    List<Path> all = all();
    for (Path file : all.subList(0, Math.max(0, all.size() - 1))) {
      if (time(file).orElseThrow().plus(keep).isBefore(now())) {
        Files.delete(file);
      }
    }
  }

  /** What a process left that was killed meanwhile. */
  private void deleteUnfinished() throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Backups::isUnfinished).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static boolean isUnfinished(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(UNFINISHED)
        && time(file.resolveSibling(name.substring(0, name.length() - UNFINISHED.length())))
            .isPresent();
  }

  /**
   * Makes them from now on.
   *
   * @return ends that
   */
  public AutoCloseable start(Duration every) {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("backup").daemon().factory());
    var _ =
        scheduler.scheduleWithFixedDelay(() -> look(every), 1, LOOK.toMinutes(), TimeUnit.MINUTES);
    return scheduler;
  }

  /** What is thrown would end the schedule. */
  private void look(Duration every) {
    try {
      makeWhereDue(every).ifPresent(made -> log.info("The database is backed up to {}", made));
    } catch (IOException | RuntimeException | Error e) {
      log.warn("No backup was made: {}", e.getMessage());
    }
  }

  private LocalDateTime now() {
    return LocalDateTime.now(clock);
  }
}
