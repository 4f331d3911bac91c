package dev.parley.discord;

import dev.parley.core.Questions;
import dev.parley.core.RunningCore;
import dev.parley.core.WordModel;
import dev.parley.storage.Database;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A bot in a process of its own, which can be killed. Arguments: API, gateway, data folder. */
final class KilledBot {
  private KilledBot() {}

  public static void main(String[] arguments) throws Exception {
    WordModel model = new WordModel();
    model.answers(Questions::answer);
    DiscordOptions options =
        new DiscordOptions(
            DiscordServer.TOKEN,
            URI.create(arguments[0]),
            Optional.of(URI.create(arguments[1])),
            0,
            false);
    Database database = Database.open(Path.of(arguments[2]).resolve("parley.db"));
    DiscordPlatform platform =
        DiscordPlatform.connect(options, database, InstantSource.system(), Duration.ofSeconds(2));
    RunningCore.start(database, model, Questions.LIMITS, platform);
    Thread.currentThread().join(); // until it is killed
  }
}
