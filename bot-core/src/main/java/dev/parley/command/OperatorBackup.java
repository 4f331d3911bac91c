package dev.parley.command;

import dev.parley.command.Upkeep.Backup;
import dev.parley.format.Markdown;
import dev.parley.platform.Response;
import dev.parley.storage.DatabaseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the database now, one copy at a time. Thread-safe. */
final class OperatorBackup implements OperatorTool {
  static final String NAME = "backup";

  /** Makes none, and tells what became of the last one. */
  private static final String LOOK = "look";

  /** So long one is waited for; a large database is copied meanwhile. */
  private static final long PATIENCE_MILLIS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(OperatorBackup.class);

  private final Upkeep upkeep;

  private Optional<CompletableFuture<Backup>> last = Optional.empty(); // guarded by this

  OperatorBackup(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Response use(Asker asker, String wanted) {
    return wanted.equals(LOOK)
        ? last().map(made -> after(asker, made)).orElseGet(() -> asker.say("button.old"))
        : after(asker, begun());
  }

  private synchronized Optional<CompletableFuture<Backup>> last() {
    return last;
  }

  /** The one that is being made, or a new one. */
  private synchronized CompletableFuture<Backup> begun() {
    CompletableFuture<Backup> making =
        last.filter(made -> !made.isDone())
            .orElseGet(
                () ->
                    CompletableFuture.supplyAsync(
                        upkeep::backUp, Thread.ofPlatform().name("backup").daemon()::start));
    last = Optional.of(making);
    return making;
  }

  private Response after(Asker asker, CompletableFuture<Backup> making) {
    try {
      Backup made = making.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return asker.say("operator.backup.made", made.name(), made.bytes() / 1e6);
    } catch (TimeoutException copying) {
      return stillMaking(asker);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stillMaking(asker);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DatabaseException known) {
        log.warn("No backup was made: {}", known.getMessage());
        return known.kind() == DatabaseException.Kind.DISK_FULL
            ? asker.say("operator.backup.full")
            : asker.say(
                "operator.backup.failed", Markdown.escape(String.valueOf(known.getMessage())));
      }
      log.error("No backup was made", e.getCause());
      return asker.say("operator.backup.see-log");
    }
  }

  private static Response stillMaking(Asker asker) {
    return asker
        .say("operator.backup.making")
        .withButtons(
            List.of(
                List.of(asker.button("operator.button.look", OperatorCommand.NAME, NAME, LOOK))));
  }
}
