package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.RunningCore;
import dev.parley.core.WordModel;
import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A bot by the real client, and two people, at a server that keeps Discord's rules. */
abstract class Scenario {
  static final long GUILD = 500_000_000_000_000_000L;
  static final long GENERAL = GUILD + 1;

  /** A channel of a server that the bot is not in. */
  static final long ELSEWHERE = 999_999;

  @TempDir Path folder;

  /** How much later than on the machine it is for the bot. */
  volatile Duration later = Duration.ZERO;

  /** Whom the operator lets in. */
  Door door = Door.open(new Operators(Set.of()));

  final WordModel model = new WordModel();
  DiscordServer server;
  Database database;
  DiscordPlatform platform;
  RunningCore core;

  /** In their private chats with the bot. */
  Guest ada;

  Guest bob;

  @BeforeEach
  void start() throws Exception {
    server = new DiscordServer();
    ada = Guest.inPrivate(server, 11, "Ada", "en-US");
    bob = Guest.inPrivate(server, 12, "Bob", "zh-TW");
    server.addGuild(GUILD, "Tides");
    server.buckets().window(0.5);
    startBot();
  }

  final void startBot() throws Exception {
    int before = server.gateway().identified();
    database = Database.open(folder.resolve("parley.db"));
    platform =
        DiscordPlatform.connect(
            server.options(), database, () -> Instant.now().plus(later), Duration.ofSeconds(2));
    core = RunningCore.start(database, model, QueueLimits.DEFAULT, door, platform);
    server.until("a session", () -> server.gateway().identified() > before, () -> "none");
  }

  final void stopBot() {
    core.close();
    platform.close();
    database.close();
  }

  @AfterEach
  void stop() {
    stopBot();
    server.close();
    assertThat(server.wrongCalls()).isEmpty();
  }

  /** Waits until the bot's newest message holds something. */
  final void awaitWords(long channel, String words) throws InterruptedException {
    server.await(
        channel,
        shown -> {
          List<Shown> own = server.ofBot(channel);
          return !own.isEmpty() && own.getLast().text().contains(words);
        });
  }

  final void awaitAnswer(long channel, String text) throws InterruptedException {
    server.await(
        channel,
        shown ->
            shown.stream().anyMatch(m -> m.text().startsWith(text) && m.buttons().contains("↻")));
  }
}
