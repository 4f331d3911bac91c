package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates that are delivered, as a proxy passes them on. */
class WebhookTest {
  private static final String SECRET = "of_Telegram-and_Parley";
  private static final WebhookOptions OPTIONS =
      WebhookOptions.of(
          URI.create("https://bot.example.org/hook"),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          Optional.of(SECRET));

  @TempDir Path folder;
  private final List<Integer> handled = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private BotApiServer server;
  private BotApi api;
  private Database database;
  private Intake intake;
  private Webhook webhook;

  @BeforeEach
  void start() throws Exception {
    server = new BotApiServer(InstantSource.system());
    api = new BotApi(server.options());
    database = Database.open(folder.resolve("parley.db"));
    intake =
        new Intake(
            new Events(database, () -> Instant.EPOCH),
            new KnownMessages(),
            new Apologies(api, new KnownMessages()),
            updates -> updates.forEach(u -> handled.add(u.getUpdateId())));
    webhook = new Webhook(api, intake, OPTIONS, List.of("message"), new Random(1));
    webhook.start();
  }

  @AfterEach
  void stop() {
    webhook.close();
    intake.close();
    database.close();
    api.close();
    server.close();
    http.close();
  }

  @Test
  void telegramIsToldWhereToDeliverAndWithWhichSecret() {
    await().until(() -> server.webhook().has("url"));

    assertThat(server.webhook().get("url").asText()).isEqualTo("https://bot.example.org/hook");
    assertThat(server.webhook().get("secret_token").asText()).isEqualTo(SECRET);
    assertThat(server.webhook().get("allowed_updates").asText()).isEqualTo("[\"message\"]");
    assertThat(server.webhook().get("max_connections").asText()).isEqualTo("40");
  }

  @Test
  void whatIsDeliveredTwiceIsHandledOnce() throws Exception {
    assertThat(post("/hook", SECRET, "{\"update_id\": 7}")).isEqualTo(200);
    assertThat(post("/hook", SECRET, "{\"update_id\": 7}")).isEqualTo(200);
    assertThat(post("/hook", SECRET, "{\"update_id\": 8}")).isEqualTo(200);

    await().until(() -> handled.contains(8));
    assertThat(handled).containsExactlyInAnyOrder(7, 8);
  }

  @Test
  void whatIsNotStoredIsNotAccepted() throws Exception {
    database.update(handle -> handle.execute("ALTER TABLE incoming_event RENAME TO elsewhere"));
    assertThat(post("/hook", SECRET, "{\"update_id\": 7}")).isEqualTo(503);
    assertThat(get("/healthz")).isEqualTo(503);

    database.update(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO incoming_event"));

    assertThat(get("/healthz")).isEqualTo(200);
    assertThat(post("/hook", SECRET, "{\"update_id\": 7}")).isEqualTo(200);
    await().until(() -> handled.equals(List.of(7)));
  }

  @Test
  void telegramDeliversAgainWhatWasNotStored() {
    Member ada = new Member(server, 1, "Ada", "en", 1);
    database.update(handle -> handle.execute("ALTER TABLE incoming_event RENAME TO elsewhere"));
    ada.says("One");
    ada.says("Two");
    try (WebhookDelivery delivery = new WebhookDelivery(server, webhook.address().getPort())) {
      await().until(() -> delivery.statuses().contains(503));
      database.update(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO incoming_event"));

      await().until(() -> handled.size() == 2);
      assertThat(handled).isSorted();
    }
  }

  @Test
  void strangersAndNonsenseAreRefused() throws Exception {
    String update = "{\"update_id\": 7}";
    assertThat(post("/hook", "guessed", update)).isEqualTo(401);
    assertThat(post("/hook", "", update)).isEqualTo(401);
    assertThat(post("/hook/", SECRET, update)).isEqualTo(404);
    assertThat(post("/", SECRET, update)).isEqualTo(404);
    assertThat(get("/hook")).isEqualTo(405);
    assertThat(post("/hook", SECRET, "{\"update_id\": ")).isEqualTo(400);
    assertThat(post("/hook", SECRET, "")).isEqualTo(400);
    assertThat(post("/hook", SECRET, "[]")).isEqualTo(400);
    assertThat(post("/hook", SECRET, "{\"update_id\": \"7\"}")).isEqualTo(400);
    assertThat(post("/hook", SECRET, "[".repeat(5_000))).isEqualTo(400);
    assertThat(post("/hook", SECRET, " ".repeat(1_000_001))).isEqualTo(413);

    assertThat(post("/hook", SECRET, "{\"update_id\": 9}")).isEqualTo(200);
    await().until(() -> handled.equals(List.of(9)));
  }

  /** No chat, no sender: who looks for one would fail now, and at each start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"message\": {\"message_id\": 1, \"date\": 1, \"text\": \"x\"}",
        "\"message\": {\"date\": 1, \"chat\": {\"id\": 1, \"type\": \"private\"}, \"text\": \"x\"}",
        "\"message\": {\"message_id\": 1, \"chat\": {\"id\": 1, \"type\": \"private\"}, \"text\":"
            + " \"x\"}",
        "\"edited_message\": {\"message_id\": 1}",
        "\"callback_query\": {\"id\": \"1\", \"data\": \"new\"}",
        "\"message_reaction\": {}",
        "\"my_chat_member\": {}"
      })
  void anUpdateThatLacksSomethingStopsNothing(String content) throws Exception {
    assertThat(post("/hook", SECRET, "{\"update_id\": 7, " + content + "}")).isEqualTo(200);
    assertThat(post("/hook", SECRET, "{\"update_id\": 8}")).isEqualTo(200);

    await().until(() -> handled.contains(7) && handled.contains(8));
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    WebhookOptions same = WebhookOptions.of(OPTIONS.url(), webhook.address(), Optional.empty());

    assertThatThrownBy(() -> new Webhook(api, intake, same, List.of(), new Random(1)))
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .hasMessageContaining(":" + webhook.address().getPort())
        .hasMessageContaining("telegram.webhook-port");
  }

  @Test
  void aSecretIsMadeUpForEachStart() {
    String first = WebhookOptions.of(OPTIONS.url(), OPTIONS.listen(), Optional.empty()).secret();
    String second = WebhookOptions.of(OPTIONS.url(), OPTIONS.listen(), Optional.empty()).secret();

    assertThat(first).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(second);
    assertThat(OPTIONS.toString()).doesNotContain(SECRET);
  }

  private int post(String path, String secret, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(body));
    if (!secret.isEmpty()) {
      request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private int get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + webhook.address().getPort() + path);
  }
}
