package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.logging.Logging;
import dev.parley.storage.Database;
import dev.parley.storage.DatabaseException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code parley doctor}: looks at what Parley needs and says what to do about each finding. */
@Command(
    name = "doctor",
    description = "Checks what Parley needs.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final long LITTLE_SPACE = 1_000_000_000;

  private int problems;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Parley.configuration();
    Logging.start(configuration, false);
    good("Java " + Runtime.version());
    Files.createDirectories(configuration.home());
    space(configuration);
    database(configuration);
    model(configuration);
    System.out.println(
        problems == 0 ? "No problems." : problems + (problems == 1 ? " problem." : " problems."));
    return problems == 0 ? 0 : 1;
  }

  private void space(Configuration configuration) throws Exception {
    long free = Files.getFileStore(configuration.home()).getUsableSpace();
    String text = free / 1_000_000 + " MB free in " + configuration.home();
    if (free < LITTLE_SPACE) {
      bad(text + ": make room, a model alone may need 1,000 MB.");
    } else {
      good(text);
    }
  }

  private void database(Configuration configuration) {
    if (!Files.exists(configuration.databaseFile())) {
      good("no database yet: the first chat makes it");
      return;
    }
    try (Database database = Database.open(configuration.databaseFile())) {
      List<String> faults = database.integrityCheck();
      if (faults.isEmpty()) {
        good(
            "database "
                + new dev.parley.storage.DatabaseFile(configuration.databaseFile()).sizeInBytes()
                    / 1_000
                + " kB, integrity ok");
      } else {
        bad("database damaged (" + faults.getFirst() + "): put back the last backup.");
      }
    } catch (DatabaseException e) {
      bad(String.valueOf(e.getMessage()));
    }
  }

  private void model(Configuration configuration) throws Exception {
    Models models = new Models(configuration, System.err);
    Optional<String> wanted = models.wanted();
    if (configuration.model().url().isEmpty()
        && wanted.isEmpty()
        && models.store().installed().isEmpty()) {
      good("no model yet: the first chat fetches one");
      return;
    }
    try (var model = models.load().model()) {
      good("model loads: " + model.info().name() + " (" + model.info().licence() + ")");
    } catch (java.io.IOException | dev.parley.model.ModelException e) {
      bad(String.valueOf(e.getMessage()));
    }
  }

  private static void good(String text) {
    System.out.println("✓ " + text);
  }

  private void bad(String text) {
    problems++;
    System.out.println("✗ " + text);
  }
}
