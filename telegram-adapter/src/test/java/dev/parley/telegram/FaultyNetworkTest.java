package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.core.Questions;
import dev.parley.core.WordModel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand questions while every tenth call fails in one way or another. */
class FaultyNetworkTest {
  private static final int QUESTIONS_OF_EACH = 20;
  private static final long SEED = 20_261_124;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void everybodyGetsEveryAnswerOnceWholeAndInOrder() throws Exception {
    FastTime time = new FastTime();
    WordModel model = new WordModel();
    model.answers(Questions::answer);
    try (BotApiServer server = new BotApiServer(time)) {
      Crowd crowd = new Crowd(server);
      try (RunningBot _ =
          RunningBot.start(server.options(), folder, model, Questions.LIMITS, time.timing())) {
        server.faults().some(0.1, SEED);
        for (int i = 1; i <= QUESTIONS_OF_EACH; i++) {
          crowd.ask(i);
        }
        await()
            .atMost(LONGEST)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> crowd.missing().isEmpty());
      }
      crowd.assertAnswered();
      assertThat(server.wrongCalls()).isEmpty();
      assertThat(server.flood().ignored()).isZero();
      assertThat(server.faults().happened()).isGreaterThan(100);
    }
  }
}
