package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.model.SamplingOptions;
import dev.parley.server.HeldModel.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go, do not read, or are still there when the server closes. */
class DisconnectTest {
  private static final String CHAT = "{'messages': [{'role': 'user', 'content': 'Hi'}], 'stream': ";

  private final HeldModel model = new HeldModel(1);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoGoesWhileTheModelWritesEndsIt(boolean stream) throws IOException {
    try (Served served = Served.of(model)) {
      Socket asking = served.connection(CHAT + stream + "}");
      Run run = firstRun();
      run.write("one ");
      asking.close();

      await().until(() -> run.cancelled);
      await().until(() -> served.get("/metrics").text().contains("chat\",status=\"499\"} 1"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoGoesWhileTheyWaitLeavesTheQueue(boolean stream) throws IOException {
    try (Served served = Served.of(model);
        Socket running = served.connection(CHAT + "true}")) {
      firstRun();
      Socket waiting = served.connection(CHAT + stream + "}");
      await().until(() -> waiting(served) == 1);
      waiting.close();

      await().until(() -> waiting(served) == 0);
      assertThat(model.runs).hasSize(1);
      assertThat(running.isClosed()).isFalse();
    }
  }

  @Test
  void whoWaitsHearsThatTheyDo() throws IOException {
    try (Served served = Served.of(model);
        Socket asking = served.connection(CHAT + "true}")) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(asking.getInputStream(), StandardCharsets.UTF_8));

      assertThat(lines.lines().filter(line -> line.equals(": waiting")).findFirst()).isPresent();
    }
  }

  @Test
  void aLateAnswerIsStillJson() throws IOException {
    try (Served served = Served.of(model)) {
      Iterator<String> lines = served.lines("/v1/chat/completions", CHAT + "false}").iterator();
      assertThat(lines.next()).isEmpty();
      firstRun().write("late");
      firstRun().end();

      assertThat(next(lines, "{")).contains("\"content\":\"late\"");
    }
  }

  @Test
  void whoDoesNotReadHoldsUpNobodyAndIsDropped() throws IOException {
    HeldModel both = new HeldModel(2);
    try (Served served = Served.with(both).patience(Duration.ofMillis(300)).serve();
        Socket stuck = served.connection(CHAT + "true}")) {
      await().until(() -> both.runs.size() == 1);
      Run run = both.runs.getFirst();
      Iterator<String> lines = served.lines("/v1/chat/completions", CHAT + "true}").iterator();
      await().until(() -> both.runs.size() == 2);
      Run other = both.runs.getLast();

      // the kernel takes some megabytes before a write waits
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(
              () -> {
                run.write("x".repeat(20_000));
                other.write("y");
                return run.cancelled;
              });

      assertThat(next(lines, "y")).contains("y");
      assertThat(other.cancelled).isFalse();
      assertThat(stuck.isClosed()).isFalse();
      other.end();
    }
  }

  @Test
  void whenItClosesStreamsAreToldAndOthersToo() throws Exception {
    Served served = Served.of(model);
    Iterator<String> lines = served.lines("/v1/chat/completions", CHAT + "true}").iterator();
    firstRun().write("begun");
    next(lines, "begun");
    Socket waiting = served.connection(CHAT + "true}");
    await().until(() -> waiting(served) == 1);

    served.server.close();

    assertThat(next(lines, "error")).contains("shutting_down").contains("The server is closing");
    assertThat(new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("shutting_down");
    waiting.close();
  }

  @Test
  void theOptionsReachTheModel() throws IOException {
    try (Served served = Served.of(model);
        Socket asking =
            served.connection(
                CHAT
                    + "true, 'temperature': 0.7, 'top_k': 40, 'top_p': 0.9, 'min_p': 0.05,"
                    + " 'repetition_penalty': 1.1, 'frequency_penalty': 0.2, 'seed': 42,"
                    + " 'max_tokens': 50, 'stop': 'END', 'ignore_eos': true}")) {
      Run run = firstRun();

      assertThat(run.options.sampling())
          .isEqualTo(new SamplingOptions(0.7, 40, 0.9, 0.05, 1.1, 0.2, OptionalLong.of(42)));
      assertThat(run.options.maxTokens()).isEqualTo(50);
      assertThat(run.options.stopTexts()).containsExactly("END");
      assertThat(run.options.ignoreEnd()).isTrue();
      assertThat(asking.isClosed()).isFalse();
    }
  }

  private Run firstRun() {
    await().until(() -> !model.runs.isEmpty());
    return model.runs.getFirst();
  }

  private static String next(Iterator<String> lines, String part) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.contains(part)) {
        return line;
      }
    }
    throw new AssertionError("no line has " + part);
  }

  private static int waiting(Served served) {
    return served
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("parley_requests_waiting "))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
