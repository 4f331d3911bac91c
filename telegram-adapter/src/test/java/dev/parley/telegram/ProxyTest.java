package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.PlatformException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.methods.GetMe;

/** Every call goes the way that was set. */
class ProxyTest {
  private static final String LOGIN = Credentials.basic("ada", "pass:word");
  private final List<String> passed = new CopyOnWriteArrayList<>();
  private final MockWebServer proxy = new MockWebServer();
  private final OkHttpClient onward = new OkHttpClient();
  private BotApiServer server;

  @BeforeEach
  void start() throws Exception {
    server = new BotApiServer(InstantSource.system());
    proxy.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return pass(request);
          }
        });
    proxy.start();
  }

  private MockResponse pass(RecordedRequest request) {
    if (!LOGIN.equals(request.getHeaders().get("Proxy-Authorization"))) {
      return new MockResponse.Builder()
          .code(407)
          .addHeader("Proxy-Authenticate", "Basic realm=\"x\"")
          .build();
    }
    passed.add(request.getRequestLine());
    String target = request.getRequestLine().split(" ", 3)[1];
    Request next =
        new Request.Builder()
            .url(target)
            .post(RequestBody.create(Objects.requireNonNull(request.getBody()).toByteArray()))
            .build();
    try (Response response = onward.newCall(next).execute()) {
      return new MockResponse.Builder()
          .code(response.code())
          .body(response.body().string())
          .build();
    } catch (java.io.IOException e) {
      return new MockResponse.Builder().code(502).build();
    }
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
    onward.dispatcher().executorService().shutdown();
  }

  @Test
  void sendingAndPollingGoThroughTheProxy() throws Exception {
    new Member(server, 1, "Ada", "en", 1).says("Hello");
    try (BotApi api = through("ada:pass:word@")) {
      assertThat(api.call(new GetMe()).getUserName()).isEqualTo("parley_test_bot");
      assertThat(api.call(new PolledUpdates(0, Duration.ofSeconds(1), List.of("message"))))
          .hasSize(1);
    }
    assertThat(passed).hasSize(2);
    assertThat(passed.getFirst()).startsWith("POST http://127.0.0.1:");
  }

  @Test
  void aProxyThatRefusesIsAFailureWithoutItsPassword() {
    try (BotApi api = through("ada:wrong-one@")) {
      assertThatThrownBy(() -> api.call(new GetMe()))
          .isInstanceOf(PlatformException.class)
          .hasMessageNotContaining("wrong-one");
    }
    assertThat(passed).isEmpty();
  }

  private BotApi through(String login) {
    URI way = URI.create("http://" + login + "127.0.0.1:" + proxy.getPort());
    return new BotApi(
        new TelegramOptions(
            BotApiServer.TOKEN,
            server.options().api(),
            Duration.ofSeconds(1),
            Optional.of(way),
            Optional.empty(),
            false));
  }
}
