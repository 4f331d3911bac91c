package dev.parley.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Telegram and the proxy before a webhook: delivers updates in order, each until it is accepted.
 */
final class WebhookDelivery implements AutoCloseable {
  private final BotApiServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofVirtual().unstarted(this::deliver);

  WebhookDelivery(BotApiServer server, int port) {
    this.server = server;
    this.base = URI.create("http://127.0.0.1:" + port);
    thread.start();
  }

  /** What each delivery was answered with. */
  List<Integer> statuses() {
    return List.copyOf(statuses);
  }

  private void deliver() {
    try {
      while (true) {
        JsonNode update = server.awaitDelivery();
        int status = post(update);
        statuses.add(status);
        if (status / 100 == 2) {
          server.confirm(update);
        }
      }
    } catch (InterruptedException | IOException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private int post(JsonNode update) throws IOException, InterruptedException {
    JsonNode webhook = server.webhook();
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(URI.create(webhook.get("url").asText()).getPath()))
            .header("X-Telegram-Bot-Api-Secret-Token", webhook.get("secret_token").asText())
            .POST(HttpRequest.BodyPublishers.ofString(update.toString()))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    thread.interrupt();
    http.shutdownNow();
    http.close();
  }
}
