package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as an operator starts it, at Telegram's own pace, killed again and again while people
 * talk to it and a tenth of all calls to Telegram fail. {@code -Dcrowd=full} lets a hundred people
 * in twenty chats ask two thousand questions, which takes forty minutes.
 */
class KilledLauncherTest {
  private static final int KILLS = 10;
  private static final boolean FULL = "full".equals(System.getProperty("crowd"));
  private static final int QUESTIONS = FULL ? 20 : 3;
  private static final long SEED = 20_261_126;
  private static final Duration LONGEST = Duration.ofHours(3);

  /** After it has connected: from its first calls to the middle of the talk. */
  private static final int LATEST_KILL_MILLIS = FULL ? 120_000 : 4_000;

  @TempDir Path home;

  @Test
  void everybodyGetsEveryAnswerOnceHoweverOftenTheProgramIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (BotApiServer telegram = new BotApiServer(InstantSource.system());
        ModelServer model = new ModelServer(Crowd::answer)) {
      telegram.faults().some(0.1, SEED);
      Crowd crowd = FULL ? new Crowd(telegram) : new Crowd(telegram, 4, 2);
      int asked = 0;
      for (int i = 1; i <= KILLS; i++) {
        while (asked * KILLS < QUESTIONS * i) {
          crowd.ask(++asked);
        }
        long calls = telegram.calls("getMe");
        Process program = start(telegram, model);
        await().atMost(LONGEST).until(() -> telegram.calls("getMe") > calls);
        program.waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
        program.destroyForcibly().waitFor();
      }
      Process last = start(telegram, model);
      try {
        await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(crowd::isAnswered);
      } finally {
        last.destroyForcibly().waitFor();
      }
      assertThat(Files.readString(home.resolve("logs/parley.log"))).doesNotContain(" ERROR ");
      crowd.assertAnswered();
      assertThat(telegram.wrongCalls()).isEmpty();
      assertThat(telegram.flood().ignored()).isZero();
    }
  }

  private Process start(BotApiServer telegram, ModelServer model) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dparley.folder=" + Path.of("..").toAbsolutePath().normalize(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.parley.launcher.Parley");
    builder
        .environment()
        .putAll(
            Map.of(
                "PARLEY_HOME",
                home.toString(),
                "PARLEY_TELEGRAM_TOKEN",
                BotApiServer.TOKEN,
                "PARLEY_TELEGRAM_API",
                telegram.options().api().toString(),
                "PARLEY_MODEL_URL",
                model.url(),
                "PARLEY_MODEL_NAME",
                ModelServer.NAME,
                // a person asks more here than a patient bot lets wait
                "PARLEY_QUEUE_WAITING_PER_PERSON",
                "1000",
                "PARLEY_QUEUE_WAITING",
                "10000"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile()))
        .start();
  }
}
