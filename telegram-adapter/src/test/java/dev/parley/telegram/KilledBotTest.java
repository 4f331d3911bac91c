package dev.parley.telegram;

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
  private static final long SEED = 20_261_125;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** After the bot has connected; at its quick pace that is minutes of talking. */
  private static final int LATEST_KILL_MILLIS = 2_000;

  @TempDir Path folder;

  @Test
  void everybodyGetsEveryAnswerOnceHoweverOftenTheProcessIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (BotApiServer server = new BotApiServer(new FastTime())) {
      server.faults().some(0.1, SEED);
      Crowd crowd = new Crowd(server);
      for (int i = 1; i <= KILLS; i++) {
        crowd.ask(i);
        int starts = i;
        Process bot = start(server);
        await().atMost(LONGEST).until(() -> server.calls("getMe") == starts);
        bot.waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
        bot.destroyForcibly().waitFor();
      }
      Process last = start(server);
      try {
        await()
            .atMost(LONGEST)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> crowd.missing().isEmpty());
      } finally {
        last.destroyForcibly().waitFor();
      }
      assertThat(Files.readString(folder.resolve("log"))).doesNotContain("ERROR");
      crowd.assertAnswered();
      assertThat(server.wrongCalls()).isEmpty();
    }
  }

  private Process start(BotApiServer server) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledBot.class.getName(),
            server.options().api().toString(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }
}
