package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.http.HttpPort;
import dev.parley.platform.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * Lets Telegram deliver updates, through a proxy that ends TLS. Each is on the disk before Telegram
 * hears that it arrived; what is answered otherwise comes again. {@code /healthz} says whether
 * updates can be taken.
 */
final class Webhook implements UpdateSource {
  private static final Logger log = LoggerFactory.getLogger(Webhook.class);
  private static final String HEALTH = "/healthz";
  private static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";
  private static final int LARGEST_BODY = 1_000_000;
  private static final int CONNECTIONS = 40;
  private static final int END_IN_SECONDS = 5;

  private final BotApi api;
  private final Intake intake;
  private final WebhookOptions options;
  private final List<String> wanted;
  private final RandomGenerator random;
  private final String path;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("telegram-webhook-", 0).factory());
  private final Thread setting =
      Thread.ofVirtual().name("telegram-webhook").unstarted(this::setUntilDone);

  /**
   * Takes the port, but nothing from it yet.
   *
   * @throws UncheckedIOException where it is not free, with a sentence about it
   */
  Webhook(
      BotApi api,
      Intake intake,
      WebhookOptions options,
      List<String> wanted,
      RandomGenerator random) {
    this.api = api;
    this.intake = intake;
    this.options = options;
    this.wanted = wanted;
    this.random = random;
    this.path = options.url().getPath().isEmpty() ? "/" : options.url().getPath();
    try {
      server = HttpPort.take(options.listen());
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException(
              "Nothing can listen on %s for Telegram's webhook (%s): choose another port with"
                      .formatted(options.listen(), e.getMessage())
                  + " telegram.webhook-port.",
              e));
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void start() {
    server.start();
    setting.start();
  }

  private void setUntilDone() {
    int failures = 0;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        api.call(
            SetWebhook.builder()
                .url(options.url().toString())
                .secretToken(options.secret())
                .allowedUpdates(wanted)
                .maxConnections(CONNECTIONS)
                .dropPendingUpdates(false)
                .build());
        log.info("Telegram delivers to {}", options.url());
        return;
      } catch (PlatformException e) {
        failures++;
        if (failures == 1 && !Thread.currentThread().isInterrupted()) {
          log.warn("The webhook is not set yet and is tried again: {}", e.getMessage());
        }
      }
      try {
        Thread.sleep(Poller.pause(failures, random));
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = exchange.getRequestURI().getPath();
      if (HEALTH.equals(asked)) {
        boolean works = intake.works();
        answer(exchange, works ? 200 : 503, works ? "ok" : "updates cannot be stored");
      } else {
        answer(exchange, path.equals(asked) ? take(exchange) : 404, "");
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Returns the status to answer with. */
  private int take(HttpExchange exchange) throws IOException {
    if (!"POST".equals(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "POST");
      return 405;
    }
    if (!isTelegram(exchange)) {
      return 401;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      return 413;
    }
    try {
      Update update = UpdateReader.read(new String(body, StandardCharsets.UTF_8));
      intake.take(List.of(update));
      return 200;
    } catch (JsonProcessingException e) {
      return 400;
    } catch (RuntimeException e) {
      log.warn("An update cannot be stored, Telegram delivers it again: {}", e.getMessage());
      return 503;
    }
  }

  /** In the same time whatever is wrong, so that nobody finds the secret letter by letter. */
  private boolean isTelegram(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst(SECRET_HEADER);
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            options.secret().getBytes(StandardCharsets.UTF_8));
  }

  /** The webhook stays set: Telegram keeps what comes until the next start. */
  @Override
  public void close() {
    setting.interrupt();
    server.stop(END_IN_SECONDS);
    threads.close();
  }
}
