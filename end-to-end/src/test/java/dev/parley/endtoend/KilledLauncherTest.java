package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.core.Questions;
import dev.parley.discord.DiscordCrowd;
import dev.parley.telegram.TelegramCrowd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as an operator starts it, on both platforms at their own pace, killed again and again
 * while people talk to it and a tenth of all calls fails. {@code -Dcrowd=full} lets a hundred
 * people on each ask two thousand questions, which takes forty minutes.
 */
class KilledLauncherTest {
  private static final int KILLS = 10;
  private static final boolean FULL = "full".equals(System.getProperty("crowd"));
  private static final int QUESTIONS = FULL ? 20 : 3;
  private static final long SEED = 20_261_126;
  private static final Duration LONGEST = FULL ? Duration.ofHours(3) : Duration.ofMinutes(10);

  /** After it has connected: from its first calls to the middle of the talk. */
  private static final int LATEST_KILL_MILLIS = FULL ? 120_000 : 4_000;

  @TempDir Path home;

  @Test
  void everybodyGetsEveryAnswerOnceHoweverOftenTheProgramIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (PlatformCrowd telegram = new TelegramCrowd(FULL, SEED);
        PlatformCrowd discord = new DiscordCrowd(FULL, SEED);
        ModelServer model = new ModelServer(Questions::answer)) {
      List<PlatformCrowd> crowds = List.of(telegram, discord);
      Map<String, String> environment = new HashMap<>();
      crowds.forEach(crowd -> environment.putAll(crowd.environment()));
      int asked = 0;
      for (int i = 1; i <= KILLS; i++) {
        Process program = startAndAwait(model, environment, crowds);
        while (asked * KILLS < QUESTIONS * i) {
          int number = ++asked; // on Discord nobody is found who first wrote while nobody listened
          crowds.forEach(crowd -> crowd.ask(number));
        }
        program.waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
        program.destroyForcibly().waitFor();
      }
      Process last = Program.start(home, model, environment);
      try {
        await()
            .atMost(LONGEST)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> crowds.stream().allMatch(PlatformCrowd::isAnswered));
      } finally {
        last.destroyForcibly().waitFor();
      }
      assertThat(Files.readString(home.resolve("logs/parley.log"))).doesNotContain(" ERROR ");
      crowds.forEach(PlatformCrowd::assertAnswered);
    }
  }

  private Process startAndAwait(
      ModelServer model, Map<String, String> environment, List<PlatformCrowd> crowds)
      throws Exception {
    List<Long> before = crowds.stream().map(PlatformCrowd::starts).toList();
    Process program = Program.start(home, model, environment);
    for (int i = 0; i < before.size(); i++) {
      long starts = before.get(i);
      PlatformCrowd crowd = crowds.get(i);
      await().atMost(LONGEST).until(() -> crowd.starts() > starts);
    }
    return program;
  }
}
