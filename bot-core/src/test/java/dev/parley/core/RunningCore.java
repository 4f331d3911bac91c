package dev.parley.core;

import dev.parley.chat.Profile;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.platform.Platform;
import dev.parley.prompt.Persona;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The whole bot but its launcher and its platforms, as adapters' tests run it. */
public record RunningCore(Database database, Assembly assembly) implements AutoCloseable {
  private static final Profile PROFILE =
      new Profile(
          "Parley",
          "",
          SamplingOptions.GREEDY,
          100,
          100_000,
          Duration.ofHours(12),
          ZoneOffset.UTC,
          List.of(new Persona("assistant", Map.of("en", "Assistant"), "")));

  /** Takes up what is older and starts the platforms. */
  public static RunningCore start(
      Database database, LanguageModel model, QueueLimits limits, Platform... platforms) {
    List<Platform> all = List.of(platforms);
    Assembly assembly =
        Assembly.of(
            PROFILE, limits, Map.of(), database, model, false, all, Clock.system(ZoneOffset.UTC));
    for (Platform platform : all) {
      assembly.answering().resume(platform.name()); // what is older comes first
      platform.start(assembly.core());
    }
    return new RunningCore(database, assembly);
  }

  /** Ends what runs; the platforms and the database are their owners'. */
  @Override
  public void close() {
    assembly.close();
  }
}
