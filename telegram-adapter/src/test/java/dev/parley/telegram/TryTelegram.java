package dev.parley.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.telegram.Chats.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Telegram to try the bot with, without an account: a page with two people, a private chat for each
 * and a group. Runs until it is ended, and only where it is named, since its name is no test's:
 * CONTRIBUTING.md has the command.
 */
class TryTelegram {
  private static final int API_PORT = 8081;
  private static final int PAGE_PORT = 8082;
  private static final long GROUP = -1_001_000_000_001L;
  private static final long ADA = 1;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void serve() throws Exception {
    try (BotApiServer telegram = new BotApiServer(InstantSource.system(), API_PORT)) {
      telegram.makeAdmin(GROUP, ADA);
      HttpServer page =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PAGE_PORT), 0);
      page.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      page.createContext("/", exchange -> answer(telegram, exchange));
      page.start();
      System.out.printf(
          """

          Telegram is at http://127.0.0.1:%d/ (Ctrl-C ends it). In another terminal start the bot:
          PARLEY_TELEGRAM_TOKEN=%s PARLEY_TELEGRAM_API=http://127.0.0.1:%d ./parley

          """,
          PAGE_PORT, BotApiServer.TOKEN, API_PORT);
      Thread.currentThread().join();
    }
  }

  private void answer(BotApiServer telegram, HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      switch (exchange.getRequestMethod() + " " + asked.getPath()) {
        case "GET /" -> {
          try (InputStream page = TryTelegram.class.getResourceAsStream("try.html")) {
            send(exchange, 200, "text/html; charset=utf-8", page.readAllBytes());
          }
        }
        case "GET /chat" -> send(exchange, chat(telegram, Long.parseLong(asked.getQuery())));
        case "POST /say" -> {
          JsonNode said = json.readTree(exchange.getRequestBody());
          Member person = person(telegram, said);
          String text = said.get("text").asText();
          if (said.path("reply").asInt() == 0) {
            person.says(text);
          } else {
            person.repliesTo(said.get("reply").asInt(), text);
          }
          send(exchange, json.createObjectNode());
        }
        case "POST /press" -> {
          JsonNode press = json.readTree(exchange.getRequestBody());
          Member person = person(telegram, press);
          Shown shown =
              telegram.in(person.chat()).stream()
                  .filter(message -> message.id() == press.get("message").asInt())
                  .findFirst()
                  .orElseThrow();
          String toast = person.presses(shown, press.get("label").asText());
          send(exchange, json.createObjectNode().put("toast", toast));
        }
        default -> send(exchange, 404, "text/plain", new byte[0]);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (AssertionError e) { // a button that is gone, or a bot that is not running
      System.err.println(e.getMessage());
    }
  }

  private ObjectNode chat(BotApiServer telegram, long chat) {
    ObjectNode state = json.createObjectNode().put("typing", telegram.isTyping(chat));
    ArrayNode messages = state.putArray("messages");
    telegram.in(chat).forEach(shown -> messages.add(shown.message()));
    return state;
  }

  private static Member person(BotApiServer telegram, JsonNode call) {
    long id = call.get("person").asLong();
    return new Member(telegram, id, id == ADA ? "Ada" : "Grace", "en", call.get("chat").asLong());
  }

  private static void send(HttpExchange exchange, JsonNode body) throws IOException {
    send(exchange, 200, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
