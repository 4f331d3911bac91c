package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Served.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String KEY = "sk-a-key-of-ours";

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer sk-other", "Basic " + KEY, KEY})
  void withoutTheKeyOnlyHealthIsTold(String authorization) throws IOException {
    try (Served served = Served.with(new HeldModel(1)).key(KEY).serve()) {
      for (String path : new String[] {"/v1/models", "/v1/chat/completions", "/metrics", "/x"}) {
        Answer answer = served.send(with(served, path, authorization));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid_api_key");
        assertThat(answer.text()).doesNotContain(KEY);
      }
      assertThat(served.send(with(served, "/health", authorization)).text())
          .isEqualTo("{\"status\":\"ok\"}");
    }
  }

  @Test
  void withTheKeyEverythingIs() throws IOException {
    try (Served served = Served.with(new HeldModel(1)).key(KEY).serve()) {
      assertThat(served.send(with(served, "/v1/models", "bearer " + KEY)).status()).isEqualTo(200);
      assertThat(served.get("/metrics").text()).contains("status=\"200\"").doesNotContain(KEY);
    }
  }

  /** A page whose name was pointed here (DNS rebinding) brings that name. */
  @ParameterizedTest
  @CsvSource({
    "localhost,200",
    "localhost:8000,200",
    "127.0.0.1:8000,200",
    "[::1]:8000,200",
    "evil.example,403",
    "evil.example:8000,403",
    "10.0.0.1,403",
    "localhost.evil.example,403",
    "127.0.0.1.evil.example,403",
    "'@',403"
  })
  void withoutAKeyOnlyThisMachinesOwnNamesAreAnswered(String host, int status) throws IOException {
    try (Served served = Served.of(new HeldModel(1));
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 " + status);
    }
  }

  private static HttpRequest with(Served served, String path, String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(served.url() + path));
    return (authorization.isEmpty() ? request : request.header("Authorization", authorization))
        .build();
  }
}
