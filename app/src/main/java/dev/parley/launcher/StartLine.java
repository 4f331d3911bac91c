package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.language.Texts;
import dev.parley.loading.Loaded;
import dev.parley.model.ModelInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What the operator reads at a start: which model answers, on what, and where everything lies. */
final class StartLine {
  private StartLine() {}

  static String of(Configuration configuration, Loaded loaded, Texts texts) {
    ModelInfo model = loaded.model().info();
    return texts.say(
        "terminal.start",
        Parley.version(),
        model.name(),
        model.licence(),
        loaded.runsOn(),
        shown(configuration.home()),
        sinceStart());
  }

  /** As the operator sees it from where they are, where that is shorter. */
  private static String shown(Path home) {
    Path here = Path.of("").toAbsolutePath();
    return (home.startsWith(here) && !home.equals(here) ? here.relativize(home) : home).toString();
  }

  /** Seconds since this process began, the launcher script included. */
  private static double sinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toMillis() / 1e3)
        .orElse(0.0);
  }
}
