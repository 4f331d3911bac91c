package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.parley.platform.PlatformException;
import dev.parley.storage.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.telegram.telegrambots.meta.api.methods.GetMe;

/** The token is part of every address: nothing that fails may show it. */
class TokenTest {
  private static final String SECRET = BotApiServer.TOKEN.substring(7);

  @Test
  void neitherLogsNorExceptionsShowTheToken(@TempDir Path folder) throws Exception {
    List<Integer> handled = new CopyOnWriteArrayList<>();
    StringWriter thrown = new StringWriter();
    try (Logs logs = new Logs(Level.DEBUG);
        BotApiServer server = new BotApiServer(InstantSource.system());
        Database database = Database.open(folder.resolve("parley.db"));
        BotApi api = new BotApi(server.options(), Duration.ofSeconds(1));
        Intake intake =
            new Intake(
                new Events(database, () -> Instant.EPOCH),
                new KnownMessages(),
                new Apologies(api, new KnownMessages()),
                updates -> updates.forEach(u -> handled.add(u.getUpdateId())))) {
      for (String method : List.of("getUpdates", "getMe")) {
        server.faults().plan(method, faults(method));
        server.deny(method, 2, 409, "Conflict");
        server.deny(method, 1, 401, "Unauthorized");
      }
      while (server.calls("getMe") < faults("getMe").length + 1) {
        try {
          api.call(new GetMe());
        } catch (PlatformException e) {
          e.printStackTrace(new PrintWriter(thrown));
        }
      }
      try (Poller poller =
          new Poller(
              api,
              intake,
              server.options().polling(),
              List.of("message"),
              () -> Instant.EPOCH,
              new Random(1),
              pause -> {})) {
        poller.start();
        new Member(server, 1, "Ada", "en", 1).says("Hello");
        await().until(() -> handled.size() == 1);
      }

      assertThat(thrown.toString()).contains("getme").doesNotContainIgnoringCase(SECRET);
      assertThat(logs.events()).isNotEmpty().noneMatch(event -> text(event).contains(SECRET));
    }
  }

  @Test
  void aDownloadThatFailsShowsNoToken() throws Exception {
    List<MockResponse> failures =
        List.of(
            new MockResponse.Builder().code(404).build(),
            new MockResponse.Builder().code(500).build(),
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build(),
            new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    try (Logs logs = new Logs(Level.DEBUG)) {
      for (MockResponse failure : failures) {
        try (MockWebServer server = new MockWebServer();
            BotApi api = downloading(server, failure)) {
          assertThatThrownBy(() -> api.download("1"))
              .isInstanceOf(PlatformException.class)
              .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(SECRET));
        }
      }
      assertThat(logs.events()).noneMatch(event -> text(event).contains(SECRET));
    }
  }

  /** Knows every file, and answers each download with the same failure. */
  private static BotApi downloading(MockWebServer server, MockResponse failure) throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getUrl().encodedPath().startsWith("/file/")
                ? failure
                : new MockResponse.Builder()
                    .body(
                        """
                        {"ok": true, "result":
                          {"file_id": "1", "file_unique_id": "1", "file_path": "documents/a.txt"}}
                        """)
                    .build();
          }
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getPort());
    return new BotApi(
        new TelegramOptions(BotApiServer.TOKEN, address, Duration.ofSeconds(1)),
        Duration.ofSeconds(1));
  }

  private static String text(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    return event.getThreadName() + event.getFormattedMessage() + trace;
  }

  private static Fault[] faults(String method) {
    return Arrays.stream(Fault.values()).filter(fault -> fault.fits(method)).toArray(Fault[]::new);
  }
}
