package dev.parley.model.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModerationEndpointTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsFlaggedIsNamed() throws Exception {
    answers(
        200,
        """
        {"results": [{"flagged": true, "categories": {
          "hate": true, "hate/threatening": false, "self-harm/intent": true, "sexual": false}}]}
        """);

    assertThat(endpoint("omni-moderation-latest").flagged("A \"text\"\nof two lines"))
        .hasValueSatisfying(
            flagged -> assertThat(flagged).containsExactly("hate", "self-harm/intent"));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/v1/moderations");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer key-1");
    assertThat(Objects.requireNonNull(request.getBody()).utf8())
        .isEqualTo(
            "{\"input\":\"A \\\"text\\\"\\nof two lines\",\"model\":\"omni-moderation-latest\"}");
  }

  @Test
  void nothingFlaggedIsNothing() {
    answers(200, "{\"results\": [{\"flagged\": false, \"categories\": {\"hate\": false}}]}");

    assertThat(endpoint("").flagged("tides"))
        .hasValueSatisfying(none -> assertThat(none).isEmpty());
  }

  @Test
  void whoeverDoesNotAnswerAsTheyShouldSaysNothing() {
    answers(500, "key-1 is broken");
    answers(200, "no JSON");
    answers(200, "{\"results\": []}");
    ModerationEndpoint endpoint = endpoint("");

    assertThat(endpoint.flagged("tides")).isEmpty();
    assertThat(endpoint.flagged("tides")).isEmpty();
    assertThat(endpoint.flagged("tides")).isEmpty();
    server.close();
    assertThat(endpoint.flagged("tides")).isEmpty();
  }

  private ModerationEndpoint endpoint(String model) {
    URI address = URI.create("http://localhost:" + server.getPort());
    return new ModerationEndpoint(address, model, new ApiKey("key-1"));
  }

  private void answers(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
