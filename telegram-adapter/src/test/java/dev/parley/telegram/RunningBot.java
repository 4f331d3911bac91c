package dev.parley.telegram;

import dev.parley.core.RunningCore;
import dev.parley.model.LanguageModel;
import dev.parley.person.Door;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import java.nio.file.Path;

/** The whole bot but its launcher, on Telegram. */
record RunningBot(Database database, TelegramPlatform platform, RunningCore core)
    implements AutoCloseable {
  static RunningBot start(
      TelegramOptions options, Path folder, LanguageModel model, QueueLimits limits, Timing timing)
      throws Exception {
    Database database = Database.open(folder.resolve("parley.db"));
    TelegramPlatform platform = TelegramPlatform.connect(options, database, timing);
    return new RunningBot(database, platform, RunningCore.start(database, model, limits, platform));
  }

  /** The same, for those who are let in. */
  static RunningBot start(
      TelegramOptions options, Path folder, LanguageModel model, Door door, Timing timing)
      throws Exception {
    Database database = Database.open(folder.resolve("parley.db"));
    TelegramPlatform platform = TelegramPlatform.connect(options, database, timing);
    return new RunningBot(
        database,
        platform,
        RunningCore.start(database, model, QueueLimits.DEFAULT, door, platform));
  }

  @Override
  public void close() {
    core.close();
    platform.close();
    database.close();
  }
}
