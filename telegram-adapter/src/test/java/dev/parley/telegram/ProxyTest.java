package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.methods.GetMe;

/** Every call goes the way that was set. */
class ProxyTest {
  private static final String LOGIN = Credentials.basic("ada", "pass:word");
  private static final String HANDSHAKE = "a TLS handshake";
  private static final byte TLS_HANDSHAKE = 22;
  private static final byte SOCKS_NAME = 3;

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
    } catch (IOException e) {
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

  @Test
  void whatIsEncryptedGoesThroughTheProxyAsItIs() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (ServerSocket tunnel = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> connect(tunnel, asked));
      URI way = URI.create("http://ada:pass%3Aword@127.0.0.1:" + tunnel.getLocalPort());
      try (BotApi api = by(way, URI.create("https://api.telegram.example"))) {
        assertThatThrownBy(() -> api.call(new GetMe())).isInstanceOf(PlatformException.class);
      }
    }
    assertThat(asked).containsExactly("CONNECT api.telegram.example:443 HTTP/1.1", HANDSHAKE);
  }

  @Test
  void aSocksProxyIsToldTheNameAndPassesWhatFollows() throws Exception {
    new Member(server, 1, "Ada", "en", 1).says("Hello");
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (ServerSocket socks = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> socks(socks, asked));
      URI way = URI.create("socks5://127.0.0.1:" + socks.getLocalPort());
      URI named = URI.create("http://telegram.example:" + server.options().api().getPort());
      try (BotApi api = by(way, named)) {
        assertThat(api.call(new GetMe()).getUserName()).isEqualTo("parley_test_bot");
        assertThat(api.call(new PolledUpdates(0, Duration.ofSeconds(1), List.of("message"))))
            .hasSize(1);
      }
    }
    assertThat(asked).contains("telegram.example:" + server.options().api().getPort());
  }

  /** Asks for the login, says what was asked for with it, and whether TLS follows. */
  private static void connect(ServerSocket tunnel, BlockingQueue<String> asked) {
    while (!tunnel.isClosed()) {
      try (Socket socket = tunnel.accept()) {
        BufferedSource in = Okio.buffer(Okio.source(socket));
        String request = in.readUtf8LineStrict();
        boolean known = false;
        for (String line = in.readUtf8LineStrict(); !line.isEmpty(); ) {
          known |= line.equals("Proxy-Authorization: " + Credentials.basic("ada", "pass:word"));
          line = in.readUtf8LineStrict();
        }
        String answer =
            known
                ? "200 OK\r\n\r\n"
                : "407 Who?\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(("HTTP/1.1 " + answer).getBytes(StandardCharsets.US_ASCII));
        if (known) {
          asked.add(request);
          asked.add(in.readByte() == TLS_HANDSHAKE ? HANDSHAKE : "something else");
        }
      } catch (IOException e) {
        // the client's end, or the test's
      }
    }
  }

  /** SOCKS 5 (RFC 1928) without a login, to names only. */
  private void socks(ServerSocket proxy, BlockingQueue<String> asked) {
    while (!proxy.isClosed()) {
      try {
        Socket client = proxy.accept();
        BufferedSource in = Okio.buffer(Okio.source(client));
        in.skip(1);
        in.skip(in.readByte());
        client.getOutputStream().write(new byte[] {5, 0});
        in.skip(3);
        if (in.readByte() != SOCKS_NAME) {
          asked.add("an address instead of a name");
        }
        String name = in.readUtf8(in.readByte());
        asked.add(name + ":" + (in.readShort() & 0xffff));
        client.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
        Socket onwards =
            new Socket(InetAddress.getLoopbackAddress(), server.options().api().getPort());
        Thread.ofVirtual().start(() -> copy(in, onwards));
        Thread.ofVirtual().start(() -> copy(source(onwards), client));
      } catch (IOException e) {
        // the test's end
      }
    }
  }

  private static BufferedSource source(Socket socket) {
    try {
      return Okio.buffer(Okio.source(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(BufferedSource from, Socket to) {
    try (to) {
      from.inputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // either side's end
    }
  }

  private BotApi through(String login) {
    return by(
        URI.create("http://" + login + "127.0.0.1:" + proxy.getPort()), server.options().api());
  }

  private static BotApi by(URI way, URI server) {
    return new BotApi(
        new TelegramOptions(
            BotApiServer.TOKEN,
            server,
            Duration.ofSeconds(1),
            Optional.of(way),
            Optional.empty(),
            false));
  }
}
