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
  private static final int QUESTIONS_OF_EACH = 3;
  private static final long SEED = 20_261_125;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** From before the bot is connected to when it sends as much as it may. */
  private static final int LATEST_KILL_MILLIS = 5_000;

  @TempDir Path folder;

  @Test
  void everybodyGetsEveryAnswerOnceHoweverOftenTheProcessIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (BotApiServer server = new BotApiServer(new FastTime())) {
      server.faults().some(0.1, SEED);
      Crowd crowd = new Crowd(server);
      for (int i = 0; i < KILLS; i++) {
        if (i < QUESTIONS_OF_EACH) {
          crowd.ask(i + 1);
        }
        Process bot = start(server);
        bot.waitFor(1_000 + random.nextInt(LATEST_KILL_MILLIS - 1_000), TimeUnit.MILLISECONDS);
        bot.destroyForcibly().waitFor();
      }
      Process last = start(server);
      try {
        await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(crowd::isAnswered);
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
