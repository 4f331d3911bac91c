package dev.parley.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import dev.parley.platform.PlatformException;
import dev.parley.reply.Tally;
import dev.parley.storage.Database;
import dev.parley.storage.DatabaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchServerTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied");
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final Path DASHBOARD = Path.of("../config/grafana-dashboard.json");

  private final Meter meter = new Meter();
  private final Tally tally = new Tally();

  @TempDir private Path folder;

  @Test
  void whoWatchesSeesWhetherItIsWellAndWhatItDid() throws Exception {
    try (Database database = Database.open(folder.resolve("parley.db"));
        WatchServer server =
            WatchServer.start(
                ANY, database, meter, tally, () -> 3, () -> 12, InstantSource.system())) {
      ask();
      reply(database, "delivered", 250);
      reply(database, "failed", 750);
      tally.failed(new PlatformException(PlatformException.Kind.RATE_LIMITED, "later"));
      tally.limited(Tally.Limit.TOKENS_OF_PLACE);

      assertThat(get(server, "/healthz").body()).isEqualTo("ok\n");
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      server.ready(() -> true);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);

      HttpResponse<String> metrics = get(server, "/metrics");
      assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(metrics.body())
          .contains(
              "parley_ready 1\n",
              "parley_answers_running 3\n",
              "parley_questions_waiting 12\n",
              "parley_replies_lately_delivered 1\n",
              "parley_replies_lately_failed 1\n",
              "parley_replies_lately_queued 0\n",
              "parley_wait_lately_median_seconds 0.75\n",
              "parley_generations_total{how=\"length\"} 1\n",
              "parley_generated_tokens_total 4\n",
              "parley_errors_total{kind=\"model\"} 0\n",
              "parley_errors_total{kind=\"platform-rate-limited\"} 1\n",
              "parley_limits_hit_total{limit=\"tokens-of-place\"} 1\n",
              "parley_limits_hit_total{limit=\"rate\"} 0\n",
              "parley_edits_saved_total 0\n",
              "parley_model_time_to_first_token_seconds_count 1\n")
          .containsPattern("parley_database_bytes [1-9][0-9]+\n")
          .containsPattern("parley_uptime_seconds [0-9.]+\n")
          .doesNotContain("Ada", "tides");
      assertThat(metrics.body().lines().filter(line -> !line.startsWith("#")))
          .allMatch(line -> line.matches("[a-z_0-9]+(\\{[a-z]+=\"[^\"]+\"})? [-+0-9.EInf]+"));
    }
  }

  @Test
  void theDashboardShowsWhatThereIsAndAllOfIt() throws Exception {
    try (Database database = Database.open(folder.resolve("parley.db"));
        WatchServer server =
            WatchServer.start(
                ANY, database, meter, tally, () -> 3, () -> 12, InstantSource.system())) {
      ask();
      Set<String> exposed = metrics(get(server, "/metrics").body(), "(?m)^parley_\\w+");
      exposed.removeIf(name -> name.endsWith("_sum") || name.endsWith("_count"));

      JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
      String queries = String.join("\n", dashboard.findValuesAsText("expr"));
      String variables = String.join("\n", dashboard.findValuesAsText("definition"));

      assertThat(metrics(queries, "parley_\\w+")).isEqualTo(exposed);
      assertThat(exposed).containsAll(metrics(variables, "parley_\\w+"));
    }
  }

  @Test
  void onAFullDiskNobodyIsAnswered() throws Exception {
    try (Database database = Database.open(folder.resolve("parley.db"));
        WatchServer server =
            WatchServer.start(
                ANY, database, meter, tally, () -> 3, () -> 12, InstantSource.system())) {
      server.ready(() -> true);
      database.update(handle -> handle.execute("PRAGMA max_page_count = 1")); // as large as it is

      assertThatThrownBy(
              () ->
                  database.update(
                      handle -> handle.execute("CREATE TABLE large AS SELECT zeroblob(1000000)")))
          .isInstanceOf(DatabaseException.class);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(server, "/metrics").body()).contains("parley_ready 0\n");
      assertThat(get(server, "/healthz").statusCode())
          .as("a new start mends nothing")
          .isEqualTo(200);
    }
  }

  private static Set<String> metrics(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void anythingElseIsNotThere() throws Exception {
    try (Database database = Database.open(folder.resolve("parley.db"));
        WatchServer server =
            WatchServer.start(
                ANY, database, meter, tally, () -> 3, () -> 12, InstantSource.system())) {
      assertThat(get(server, "/").statusCode()).isEqualTo(404);
      assertThat(get(server, "/metrics/../../etc/passwd").statusCode()).isEqualTo(404);
      HttpRequest post =
          request(server, "/metrics").POST(HttpRequest.BodyPublishers.ofString("x")).build();
      assertThat(send(post).statusCode()).isEqualTo(404);
      HttpRequest head =
          request(server, "/healthz").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
      assertThat(send(head).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aDatabaseThatCannotBeReadIsNotHealthy() throws Exception {
    Database database = Database.open(folder.resolve("parley.db"));
    try (WatchServer server =
        WatchServer.start(ANY, database, meter, tally, () -> 3, () -> 12, InstantSource.system())) {
      database.close();
      Files.writeString(folder.resolve("parley.db"), "no database at all");

      assertThat(get(server, "/healthz").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void aPortThatIsTakenIsOneSentence() throws Exception {
    try (Database database = Database.open(folder.resolve("parley.db"));
        WatchServer server =
            WatchServer.start(
                ANY, database, meter, tally, () -> 3, () -> 12, InstantSource.system())) {
      assertThatThrownBy(
              () ->
                  WatchServer.start(
                      server.address(),
                      database,
                      meter,
                      tally,
                      () -> 3,
                      () -> 12,
                      InstantSource.system()))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("Nothing can listen on", "watch.port");
    }
  }

  private void ask() throws Exception {
    try (LanguageModel model =
        meter.on(LocalModel.load(TINY, LocalModelOptions.DEFAULT.withSlots(1, 128)))) {
      model
          .generate(
              List.of(ChatMessage.user("Why tides?")),
              GenerationOptions.of(4, SamplingOptions.GREEDY).withIgnoreEnd(),
              piece -> {})
          .result()
          .get();
    }
  }

  /** With all that it refers to. */
  private static void reply(Database database, String state, int waited) {
    long now = System.currentTimeMillis();
    database.update(
        handle -> {
          handle.execute(
              "INSERT OR IGNORE INTO person (platform, id, name, locale, first_seen)"
                  + " VALUES ('test', '1', 'Ada', 'en', 0)");
          handle.execute(
              "INSERT OR IGNORE INTO place (platform, id, kind, name, first_seen)"
                  + " VALUES ('test', '1', 'private', '', 0)");
          handle.execute(
              "INSERT INTO conversation (platform, place, person, is_current, created_at, used_at)"
                  + " VALUES ('test', '1', '1', 0, 0, 0)");
          handle.execute(
              "INSERT INTO message (conversation, role, text, created_at)"
                  + " SELECT max(id), 'user', 'Why tides?', 0 FROM conversation");
          handle.execute(
              "INSERT INTO reply (question, answer, platform, place, person, state, continuation,"
                  + " created_at, changed_at, waited_ms)"
                  + " SELECT max(id), max(id), 'test', '1', '1', ?, 0, ?, ?, ? FROM message",
              state,
              now,
              now,
              waited);
        });
  }

  private static HttpResponse<String> get(WatchServer server, String path) throws Exception {
    return send(request(server, path).build());
  }

  private static HttpRequest.Builder request(WatchServer server, String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
