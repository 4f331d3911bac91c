package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final String CHAT = "{'messages': [{'role': 'user', 'content': 'My secret'}]}";

  @Test
  void everyRequestAndTokenIsCounted() throws Exception {
    HeldModel model = new HeldModel(1);
    try (Served served = Served.of(model);
        Socket asking = served.connection(CHAT)) {
      served.get("/v1/nothing");
      await().until(() -> model.runs.size() == 1);
      assertThat(served.get("/metrics").text()).contains("parley_requests_running 1\n");
      model.runs.getFirst().write("Word");
      model.runs.getFirst().end();
      assertThat(asking.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");

      await().until(() -> served.get("/metrics").text().contains("chat\",status=\"200\"} 1\n"));
      List<String> lines = served.get("/metrics").text().lines().toList();
      assertThat(lines)
          .contains(
              "parley_requests_total{endpoint=\"unknown\",status=\"404\"} 1",
              "parley_requests_running 0",
              "parley_requests_waiting 0",
              "parley_prompt_tokens_total 7",
              "parley_cached_tokens_total 3",
              "parley_generated_tokens_total 5",
              "parley_time_to_first_token_seconds_bucket{le=\"+Inf\"} 1",
              "parley_time_to_first_token_seconds_count 1");
      assertThat(lines).noneMatch(line -> line.contains("secret"));
    }
  }

  /** What Prometheus reads: comments, and a name with labels and a number. */
  @Test
  void everyLineIsOneThatPrometheusReads() throws Exception {
    try (Served served = Served.of(new HeldModel(1))) {
      served.get("/health");

      assertThat(served.get("/metrics").text().lines())
          .isNotEmpty()
          .allMatch(
              line ->
                  line.matches("# (HELP|TYPE) [a-z_]+ .+")
                      || line.matches(
                          "[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9.E+-]+"));
    }
  }
}
