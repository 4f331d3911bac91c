package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.WordModel;
import dev.parley.queue.QueueLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A bot by the real client, and two people, at a server that keeps Telegram's rules. */
abstract class Scenario {
  static final long GROUP = -1_001_000_000_001L;

  @TempDir Path folder;
  final FastTime time = new FastTime();
  final WordModel model = new WordModel();
  BotApiServer server;
  RunningBot bot;
  Member ada;
  Member bob;

  @BeforeEach
  void start() throws Exception {
    server = new BotApiServer(time);
    ada = new Member(server, 1, "Ada", "en", 1);
    bob = new Member(server, 2, "Bob", "zh-hant", 2);
    startBot(server.options());
  }

  final void startBot() throws Exception {
    startBot(server.options());
  }

  final void startBot(TelegramOptions options) throws Exception {
    bot = RunningBot.start(options, folder, model, QueueLimits.DEFAULT, time.timing());
  }

  @AfterEach
  void stop() {
    bot.close();
    server.close();
    assertThat(server.wrongCalls()).isEmpty();
    assertThat(server.flood().ignored()).isZero();
  }

  final void awaitAnswer(long chat, String text) throws InterruptedException {
    server.await(
        chat,
        shown ->
            shown.stream().anyMatch(m -> m.text().startsWith(text) && m.buttons().contains("↻")));
  }
}
