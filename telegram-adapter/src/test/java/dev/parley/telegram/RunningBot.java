package dev.parley.telegram;

import dev.parley.chat.Profile;
import dev.parley.core.Assembly;
import dev.parley.model.SamplingOptions;
import dev.parley.platform.PlatformException;
import dev.parley.prompt.Persona;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The whole bot on a real database, with a scripted model. */
record RunningBot(Database database, TelegramPlatform platform, Assembly assembly)
    implements AutoCloseable {
  static RunningBot start(BotApiServer server, Path folder, WordModel model)
      throws PlatformException {
    Database database = Database.open(folder.resolve("parley.db"));
    Clock clock = Clock.system(ZoneOffset.UTC);
    TelegramPlatform platform = TelegramPlatform.connect(server.options(), database, clock);
    Profile profile =
        new Profile(
            "Parley",
            "",
            SamplingOptions.GREEDY,
            100,
            4_096,
            Duration.ofHours(12),
            ZoneOffset.UTC,
            List.of(new Persona("assistant", Map.of("en", "Assistant"), "")));
    Assembly assembly =
        Assembly.of(
            profile,
            QueueLimits.DEFAULT,
            Map.of(),
            database,
            model,
            false,
            List.of(platform),
            clock);
    platform.start(assembly.core());
    assembly.answering().resume();
    return new RunningBot(database, platform, assembly);
  }

  @Override
  public void close() {
    assembly.close();
    platform.close();
    database.close();
  }
}
