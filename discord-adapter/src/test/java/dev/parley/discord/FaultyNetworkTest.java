package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.core.Questions;
import dev.parley.core.RunningCore;
import dev.parley.core.WordModel;
import dev.parley.storage.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand questions while every tenth call fails in one way or another, and the connection for
 * events breaks twenty times in four ways.
 */
class FaultyNetworkTest {
  private static final int ROUNDS = 20;
  private static final long SEED = 20_261_126;
  private static final Duration LONGEST = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void everybodyGetsEveryAnswerOnceWholeAndInOrder() throws Exception {
    Random random = new Random(SEED);
    WordModel model = new WordModel();
    model.answers(Questions::answer);
    try (DiscordServer server = new DiscordServer();
        Database database = Database.open(folder.resolve("parley.db"))) {
      server.buckets().window(0.25);
      Crowd crowd = new Crowd(server);
      try (DiscordPlatform platform =
              DiscordPlatform.connect(
                  server.options(), database, InstantSource.system(), Duration.ofSeconds(2));
          RunningCore _ = RunningCore.start(database, model, Questions.LIMITS, platform)) {
        await().atMost(LONGEST).until(() -> server.gateway().identified() > 0);
        server.faults().some(0.1, SEED);
        crowd.ask(1); // Discord lists no private chats: who never wrote cannot be found
        await().atMost(LONGEST).untilAsserted(() -> assertThat(crowd.missing()).isEmpty());
        for (int i = 2; i <= ROUNDS; i++) {
          breakConnection(server, random.nextInt(4));
          crowd.ask(i);
          await().atMost(LONGEST).until(server.gateway()::isConnected);
        }
        breakConnection(server, random.nextInt(4));
        await()
            .atMost(LONGEST)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(() -> assertThat(crowd.missing()).isEmpty());
      }
      crowd.assertAnswered();
      assertThat(server.wrongCalls()).isEmpty();
      assertThat(connections(server)).isGreaterThan(ROUNDS / 2);
      assertThat(server.faults().happened()).isGreaterThan(100);
    }
  }

  private static int connections(DiscordServer server) {
    return server.gateway().identified() + server.gateway().resumed();
  }

  private static void breakConnection(DiscordServer server, int how) {
    switch (how) {
      case 0 -> server.gateway().reconnect();
      case 1 -> server.cut();
      case 2 -> server.gateway().invalidate();
      default -> server.gateway().close(4000);
    }
  }
}
