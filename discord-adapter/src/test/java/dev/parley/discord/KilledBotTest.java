package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same crowd on the same bad network, while the bot's process is killed again and again. */
class KilledBotTest {
  private static final int KILLS = 10;
  private static final long SEED = 20_261_127;
  private static final Duration LONGEST = Duration.ofMinutes(8);

  /** After the bot has connected. */
  private static final int LATEST_KILL_MILLIS = 8_000;

  @TempDir Path folder;

  @Test
  void everybodyGetsEveryAnswerOnceHoweverOftenTheProcessIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (DiscordServer server = new DiscordServer()) {
      server.buckets().window(0.25);
      server.faults().some(0.1, SEED);
      Crowd crowd = new Crowd(server);
      for (int i = 1; i <= KILLS; i++) {
        int before = server.gateway().identified();
        Process bot = start(server);
        await().atMost(LONGEST).until(() -> server.gateway().identified() > before);
        crowd.ask(i);
        bot.waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
        bot.destroyForcibly().waitFor();
      }
      Process last = start(server);
      try {
        await()
            .atMost(LONGEST)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(() -> assertThat(crowd.missing()).isEmpty());
      } finally {
        last.destroyForcibly().waitFor();
      }
      assertThat(Files.readString(folder.resolve("log"))).doesNotContain("ERROR");
      crowd.assertAnswered();
      assertThat(server.wrongCalls()).isEmpty();
    }
  }

  private Process start(DiscordServer server) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledBot.class.getName(),
            server.options().api().toString(),
            server.gatewayUrl(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }
}
