package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chat.Profile;
import dev.parley.core.Assembly;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A bot by the real client, and two people, at a server that keeps Telegram's rules. */
abstract class Scenario {
  static final long GROUP = -1_001_000_000_001L;

  @TempDir Path folder;
  final WordModel model = new WordModel();
  BotApiServer server;
  Database database;
  TelegramPlatform platform;
  Assembly assembly;
  Member ada;
  Member bob;

  @BeforeEach
  void start() throws Exception {
    server = new BotApiServer();
    ada = new Member(server, 1, "Ada", "en", 1);
    bob = new Member(server, 2, "Bob", "zh-hant", 2);
    startBot();
  }

  final void startBot() throws Exception {
    database = Database.open(folder.resolve("parley.db"));
    Clock clock = Clock.system(ZoneOffset.UTC);
    platform = TelegramPlatform.connect(server.options(), database, clock);
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
    assembly =
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
  }

  final void stopBot() {
    assembly.close();
    platform.close();
    database.close();
  }

  @AfterEach
  void stop() {
    stopBot();
    server.close();
    assertThat(server.wrongCalls()).isEmpty();
  }

  final void awaitAnswer(long chat, String text) throws InterruptedException {
    server.await(
        chat,
        shown ->
            shown.stream().anyMatch(m -> m.text().startsWith(text) && m.buttons().contains("↻")));
  }
}
