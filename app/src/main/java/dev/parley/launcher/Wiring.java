package dev.parley.launcher;

import dev.parley.chat.Profile;
import dev.parley.configuration.Configuration;
import dev.parley.core.Assembly;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.loading.Loaded;
import dev.parley.loading.VersionLoader;
import dev.parley.model.SamplingOptions;
import dev.parley.person.Operators;
import dev.parley.platform.PersonId;
import dev.parley.platform.Platform;
import dev.parley.storage.Database;
import dev.parley.terminal.TerminalPlatform;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The core as the operator configured it. */
final class Wiring {
  private Wiring() {}

  /**
   * Puts the core together.
   *
   * @param model what answers
   * @param loaded how it wants to be used
   * @param sampling how tokens are drawn where nobody chose otherwise
   */
  static Assembly assemble(
      Configuration configuration,
      Database database,
      VersionedModel model,
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
            model.info().contextLength(),
            configuration.conversationIdle(),
            clock.getZone(),
            configuration.personas());
    return Assembly.of(
        profile,
        configuration.queue(),
        operators(configuration),
        configuration.settings(),
        database,
        model,
        loaded.brief(),
        platforms,
        clock);
  }

  /** Loads the versions that answer. */
  static VersionedModel open(Database database, VersionLoader loader) throws IOException {
    return VersionedModel.open(new VersionStore(database, Clock.systemUTC()), loader);
  }

  /** Whoever can start a process here may do everything anyway. */
  private static Operators operators(Configuration configuration) {
    Set<PersonId> all = new HashSet<>(configuration.operators());
    all.add(TerminalPlatform.PERSON);
    return new Operators(all);
  }
}
