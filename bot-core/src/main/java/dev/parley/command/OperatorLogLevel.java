package dev.parley.command;

import dev.parley.platform.Button;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Shows the least important events that are logged, and logs others until the next start. */
final class OperatorLogLevel implements OperatorTool {
  static final String NAME = "log-level";

  /** Tracing is left to the configuration: it slows down whoever is answered. */
  private static final List<Level> LEVELS =
      List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG);

  private static final Logger log = LoggerFactory.getLogger(OperatorLogLevel.class);

  private final Upkeep upkeep;

  OperatorLogLevel(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  /** All that can be chosen. */
  static String[] words() {
    return LEVELS.stream().map(OperatorLogLevel::word).toArray(String[]::new);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Response use(Asker asker, String wanted) {
    Optional<Level> chosen =
        LEVELS.stream().filter(level -> word(level).equals(wanted)).findFirst();
    chosen.ifPresent(this::set);
    String key = chosen.isPresent() ? "operator.log-level.now" : "operator.log-level.is";
    Level level = upkeep.logLevel();
    return asker
        .say(key, word(level))
        .withButtons(
            List.of(
                LEVELS.stream()
                    .filter(other -> other != level)
                    .map(other -> new Button(id(other), word(other)))
                    .toList()));
  }

  private void set(Level level) {
    upkeep.logLevel(level);
    log.info("An operator wants the log's level to be {}", word(level));
  }

  private static String id(Level level) {
    return Asker.id(OperatorCommand.NAME, NAME, word(level));
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
