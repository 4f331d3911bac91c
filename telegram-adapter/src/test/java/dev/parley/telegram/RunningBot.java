package dev.parley.telegram;

import dev.parley.chat.Profile;
import dev.parley.core.Assembly;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.prompt.Persona;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The whole bot but its launcher, on Telegram. */
record RunningBot(Database database, TelegramPlatform platform, Assembly assembly)
    implements AutoCloseable {
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

  static RunningBot start(
      TelegramOptions options, Path folder, LanguageModel model, QueueLimits limits, Timing timing)
      throws Exception {
    Clock clock = Clock.system(ZoneOffset.UTC);
    Database database = Database.open(folder.resolve("parley.db"));
    TelegramPlatform platform = TelegramPlatform.connect(options, database, timing);
    Assembly assembly =
        Assembly.of(PROFILE, limits, Map.of(), database, model, false, List.of(platform), clock);
    assembly.answering().resume(); // what is older comes first
    platform.start(assembly.core());
    return new RunningBot(database, platform, assembly);
  }

  @Override
  public void close() {
    assembly.close();
    platform.close();
    database.close();
  }
}
