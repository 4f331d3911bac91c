package dev.parley.telegram;

import dev.parley.core.Questions;
import dev.parley.core.WordModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A bot in a process of its own, which can be killed. Arguments: the server, the data folder. */
final class KilledBot {
  private KilledBot() {}

  public static void main(String[] arguments) throws Exception {
    WordModel model = new WordModel();
    model.answers(Questions::answer);
    TelegramOptions options =
        new TelegramOptions(BotApiServer.TOKEN, URI.create(arguments[0]), Duration.ofSeconds(2));
    RunningBot.start(
        options, Path.of(arguments[1]), model, Questions.LIMITS, new FastTime().timing());
    Thread.currentThread().join(); // until it is killed
  }
}
