package dev.parley.model.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteModelConnectTest {
  private ScriptedServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private RemoteModelOptions options(String modelName) {
    return RemoteModelOptions.of(server.url(), modelName, ApiKey.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":"a","max_model_len":4096}     | 4096
          {"id":"a","context_length":131072}  | 131072
          {"id":"a","context_window":32768}   | 32768
          {"id":"a","meta":{"n_ctx":2048}}    | 2048
          {"id":"a"}                          | 8192
          """)
  void theContextLengthIsTheServersWhereItTells(String listed, int expected) {
    server.answers(200, "{\"data\":[" + listed + ",{\"id\":\"b\"}]}");

    assertThat(RemoteModel.connect(options("")).info().contextLength()).isEqualTo(expected);
  }

  @Test
  void aConfiguredContextLengthWins() {
    server.answers(200, "{\"data\":[{\"id\":\"a\",\"max_model_len\":4096}]}");

    RemoteModel model = RemoteModel.connect(options("a").withContextLength(1000));

    assertThat(model.info().contextLength()).isEqualTo(1000);
  }

  @Test
  void aServerWithoutAListServesTheNamedModel() {
    server.answers(404, "not found");

    assertThat(RemoteModel.connect(options("gpt")).info().name()).isEqualTo("gpt");
  }

  @Test
  void aServerThatListsNothingNeedsAName() {
    server.answers(200, "{\"data\":[]}");

    assertThatThrownBy(() -> RemoteModel.connect(options("")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("PARLEY_MODEL_NAME");
  }

  @Test
  void anAddressThatIsNoModelServerIsNamed() {
    server.answers(200, "<html>welcome</html>");

    assertThatThrownBy(() -> RemoteModel.connect(options("a")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("/v1");
  }

  @Test
  void aMissingKeyIsNamed() {
    server.answers(401, "");

    assertThatThrownBy(() -> RemoteModel.connect(options("a")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("set PARLEY_MODEL_KEY");
  }

  @Test
  void aRefusedConnectionIsNamed() throws IOException {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + freePort);

    assertThatThrownBy(() -> RemoteModel.connect(RemoteModelOptions.of(nobody, "a", ApiKey.NONE)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("refused: start the server");
  }

  @Test
  void anUnknownNameIsNamed() {
    URI unknown = URI.create("http://no-such-host.invalid/v1");

    assertThatThrownBy(() -> RemoteModel.connect(RemoteModelOptions.of(unknown, "a", ApiKey.NONE)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no-such-host.invalid is not known");
  }

  @Test
  void aServerWithoutEncryptionBehindHttpsIsNamed() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Socket socket = plain.accept()) {
                      socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(UTF_8));
                      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                      // the client has left
                    }
                  });
      URI secure = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/v1");

      assertThatThrownBy(() -> RemoteModel.connect(RemoteModelOptions.of(secure, "a", ApiKey.NONE)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("no secure connection");
      answering.join();
    }
  }

  @Test
  void aServerThatSaysNothingIsNamed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v1");
      RemoteModelOptions options =
          RemoteModelOptions.of(url, "a", ApiKey.NONE).withIdleTimeout(Duration.ofMillis(200));

      assertThatThrownBy(() -> RemoteModel.connect(options))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("nothing came for too long");
    }
  }

  @Test
  void theKeyIsNeverPrinted() {
    RemoteModelOptions options = RemoteModelOptions.of(server.url(), "a", new ApiKey("sk-secret"));

    assertThat(options.toString()).doesNotContain("sk-secret");
    assertThatThrownBy(() -> new ApiKey("sk-secret\n")).message().doesNotContain("sk-secret");
    assertThatThrownBy(
            () ->
                RemoteModelOptions.of(
                    URI.create("http://user:sk-secret@localhost/v1"), "a", ApiKey.NONE))
        .message()
        .doesNotContain("sk-secret");
  }
}
