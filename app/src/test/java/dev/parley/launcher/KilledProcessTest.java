package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, killed wherever it happens to be: every question is answered once. */
class KilledProcessTest {
  private static final int KILLS = 20;
  private static final long SEED = 20_261_123;

  @TempDir private Path home;

  @Test
  void everyQuestionIsAnsweredOnceHoweverOftenTheProcessIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(new Model(Duration.ZERO));
      server.start();
      String url = server.url("/v1").toString();
      int whole = millisUntilAnswered(url, "first");
      for (int i = 0; i < KILLS; i++) {
        Process process = start(url, home.resolve("killed-" + i));
        ask(process, "Question " + i);
        // from before the database is open to after the answer is delivered, on any machine
        process.waitFor(whole / 4 + random.nextInt(whole), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
      }
      millisUntilAnswered(url, "last");
    }
    List<String> questions = column("SELECT text FROM message WHERE role = 'user'");
    assertThat(questions).contains("Question last").doesNotHaveDuplicates().hasSizeGreaterThan(3);
    assertThat(column("SELECT state FROM reply"))
        .hasSameSizeAs(questions)
        .containsOnly("delivered");
    assertThat(column("SELECT text FROM message WHERE role = 'assistant'"))
        .hasSameSizeAs(questions)
        .containsOnly(Model.ANSWER);
    assertThat(column("PRAGMA integrity_check")).containsExactly("ok");
  }

  private int millisUntilAnswered(String url, String name) throws Exception {
    long begin = System.nanoTime();
    Process process = start(url, home.resolve(name));
    ask(process, "Question " + name);
    process.getOutputStream().close();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(home.resolve(name + ".err"))).isZero();
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  /** Nothing of it runs on while the C library is taken down. */
  @Test
  void whoIsToldToEndAmidAnAnswerEndsInOrder() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(new Model(Duration.ofMinutes(1)));
      server.start();
      Process process = start(server.url("/v1").toString(), home.resolve("told"));
      ask(process, "Why tides?");
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions() // there are no tables yet
          .until(() -> column("SELECT state FROM reply").equals(List.of("generating")));
      process.destroy();

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    }
    assertThat(home.resolve("told.err")).content().doesNotContain("Exception");
    assertThat(home.resolve("parley.db-wal")).doesNotExist();
    assertThat(column("SELECT state FROM reply")).containsExactly("generating");
  }

  private Process start(String url, Path output) throws IOException {
    return ParleyProcess.start(
        home,
        Map.of("PARLEY_MODEL_URL", url, "PARLEY_MODEL_NAME", "scripted"),
        Path.of(output + ".out"),
        Path.of(output + ".err"),
        "chat");
  }

  private static void ask(Process process, String question) throws IOException {
    Writer in = process.outputWriter(StandardCharsets.UTF_8);
    in.write(question + "\n");
    in.flush();
  }

  private List<String> column(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("parley.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** A model server that writes the same answer word by word. */
  private static final class Model extends Dispatcher {
    private static final List<String> WORDS = List.of("Word ", "by ", "word ", "by ", "word.");
    static final String ANSWER = String.join("", WORDS);

    private final Duration silence;

    /**
     * @param silence before its first word
     */
    Model(Duration silence) {
      this.silence = silence;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (request.getUrl().encodedPath().endsWith("/models")) {
        return new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .body("{\"data\":[{\"id\":\"scripted\"}]}")
            .build();
      }
      StringBuilder events = new StringBuilder();
      for (String word : WORDS) {
        events
            .append("data: {\"choices\":[{\"delta\":{\"content\":\"")
            .append(word)
            .append("\"}}]}\n\n");
      }
      events.append("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
      events.append("data: [DONE]\n\n");
      return new MockResponse.Builder()
          .addHeader("Content-Type", "text/event-stream")
          .body(events.toString())
          .headersDelay(silence.toMillis(), TimeUnit.MILLISECONDS)
          .throttleBody(60, 40, TimeUnit.MILLISECONDS)
          .build();
    }
  }
}
