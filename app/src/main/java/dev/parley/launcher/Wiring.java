package dev.parley.launcher;

import dev.parley.chat.Profile;
import dev.parley.configuration.Configuration;
import dev.parley.core.Assembly;
import dev.parley.loading.Loaded;
import dev.parley.model.SamplingOptions;
import dev.parley.platform.Platform;
import dev.parley.storage.Database;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/** The core as the operator configured it. */
final class Wiring {
  private Wiring() {}

  /**
   * Puts the core together.
   *
   * @param sampling how tokens are drawn where nobody chose otherwise
   */
  static Assembly assemble(
      Configuration configuration,
      Database database,
      Loaded loaded,
      SamplingOptions sampling,
      List<? extends Platform> platforms) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    Profile profile =
        new Profile(
            configuration.name(),
            configuration.systemPrompt(),
            sampling,
            configuration.answer().maxTokens(),
            loaded.model().info().contextLength(),
            configuration.conversationIdle(),
            clock.getZone(),
            configuration.personas());
    return Assembly.of(
        profile,
        configuration.queue(),
        configuration.settings(),
        database,
        loaded.model(),
        loaded.brief(),
        platforms,
        clock);
  }
}
