package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.discord.Visits.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Discord to try the bot with, without an account: a page with two people, a private chat for each,
 * a server with its threads, and another server that the bot is not in. Runs until it is ended, and
 * only where it is named, since its name is no test's: CONTRIBUTING.md has the command.
 */
class TryDiscord {
  private static final int API_PORT = 8083;
  private static final int PAGE_PORT = 8084;
  private static final long GUILD = 500_000_000_000_000_000L;
  private static final long GENERAL = GUILD + 1;
  private static final long ELSEWHERE = 999_999;
  private static final long ADA = 11;

  /** An option as one types it: its name, a colon, its value. */
  private static final Pattern OPTION = Pattern.compile("([a-z]+):\\s*(.*?)(?=\\s+[a-z]+:|$)");

  private final ObjectMapper json = new ObjectMapper();

  /** What only one person sees, by person and channel. */
  private final Map<String, List<Visit>> visits = new ConcurrentHashMap<>();

  @Test
  void serve() throws Exception {
    try (DiscordServer discord = new DiscordServer(API_PORT)) {
      Guest.inPrivate(discord, ADA, "Ada", "en-US");
      Guest.inPrivate(discord, ADA + 1, "Grace", "zh-TW");
      discord.addGuild(GUILD, "Tides");
      discord.makeManager(GUILD, ADA);
      HttpServer page =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PAGE_PORT), 0);
      page.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      page.createContext("/", exchange -> answer(discord, exchange));
      page.start();
      System.out.printf(
          """

          Discord is at http://127.0.0.1:%d/ (Ctrl-C ends it). In another terminal start the bot:
          PARLEY_DISCORD_TOKEN=%s PARLEY_DISCORD_API=%s PARLEY_DISCORD_GATEWAY=%s ./parley

          """,
          PAGE_PORT, DiscordServer.TOKEN, discord.options().api(), discord.gatewayUrl());
      Thread.currentThread().join();
    }
  }

  private void answer(DiscordServer discord, HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      switch (exchange.getRequestMethod() + " " + asked.getPath()) {
        case "GET /" -> {
          try (InputStream page = TryDiscord.class.getResourceAsStream("try.html")) {
            send(exchange, 200, "text/html; charset=utf-8", page.readAllBytes());
          }
        }
        case "GET /chat" -> send(exchange, chat(discord, asked.getQuery()));
        case "POST /say" -> {
          JsonNode said = json.readTree(exchange.getRequestBody());
          send(exchange, say(person(discord, said), said));
        }
        case "POST /press" -> {
          JsonNode press = json.readTree(exchange.getRequestBody());
          Guest person = person(discord, press);
          Shown shown = find(discord, person, press.get("message").asLong());
          String label = press.get("label").asText();
          send(
              exchange,
              seen(
                  person,
                  shown.choices().contains(label)
                      ? person.chooses(shown, label)
                      : person.presses(shown, label)));
        }
        case "POST /submit" -> {
          JsonNode filled = json.readTree(exchange.getRequestBody());
          Guest person = person(discord, filled);
          Visit opened =
              of(person).stream()
                  .filter(visit -> visit.id.equals(filled.get("form").asText()))
                  .findFirst()
                  .orElseThrow();
          Map<String, String> values = new HashMap<>();
          filled
              .get("values")
              .properties()
              .forEach(v -> values.put(v.getKey(), v.getValue().asText()));
          send(exchange, seen(person, person.submits(opened, values)));
        }
        default -> send(exchange, 404, "text/plain", new byte[0]);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (AssertionError e) { // a button that is gone, or a bot that is not running
      System.err.println(e.getMessage());
    }
  }

  /** A slash begins a command with its options. */
  private ObjectNode say(Guest person, JsonNode said) throws InterruptedException {
    String text = said.get("text").asText();
    if (text.startsWith("/")) {
      String[] parts = text.substring(1).split("\\s+", 2);
      List<String> options = new ArrayList<>();
      Matcher option = OPTION.matcher(parts.length == 2 ? parts[1] : "");
      while (option.find()) {
        options.add(option.group(1));
        options.add(option.group(2));
      }
      return seen(person, person.runs(parts[0], options.toArray(String[]::new)));
    }
    String spoken = text.replace("@Parley", Guest.MENTION);
    if (said.path("reply").asLong() == 0) {
      person.says(spoken);
    } else {
      person.repliesTo(said.get("reply").asLong(), spoken);
    }
    return json.createObjectNode();
  }

  /** What an interaction leads to at once: a form, where it opened one. */
  private ObjectNode seen(Guest person, Visit visit) {
    of(person).add(visit);
    ObjectNode answer = json.createObjectNode();
    visit.form.ifPresent(form -> answer.put("form", visit.id).set("fields", form));
    return answer;
  }

  private List<Visit> of(Guest person) {
    return visits.computeIfAbsent(
        person.id() + " " + person.channel(),
        key -> Collections.synchronizedList(new ArrayList<>()));
  }

  private Shown find(DiscordServer discord, Guest person, long message) {
    return Stream.concat(
            discord.in(person.channel()).stream(),
            List.copyOf(of(person)).stream().flatMap(visit -> visit.shown().stream()))
        .filter(shown -> shown.id() == message)
        .findFirst()
        .orElseThrow(() -> new AssertionError("that message is gone"));
  }

  private ObjectNode chat(DiscordServer discord, String query) {
    String[] parts = query.split(",", -1);
    Guest person = person(discord, Long.parseLong(parts[0]), parts[1]);
    ObjectNode state = json.createObjectNode().put("typing", discord.isTyping(person.channel()));
    ObjectNode threads = state.putObject("threads");
    discord.threads(GENERAL).forEach((id, name) -> threads.put(Long.toString(id), name));
    ArrayNode messages = state.putArray("messages");
    Stream.concat(
            discord.in(person.channel()).stream(),
            List.copyOf(of(person)).stream().flatMap(visit -> visit.shown().stream()))
        .sorted(Comparator.comparingLong(Shown::id))
        .forEach(shown -> messages.add(shown.message()));
    return state;
  }

  private static Guest person(DiscordServer discord, JsonNode call) {
    return person(discord, call.get("person").asLong(), call.get("chat").asText());
  }

  private static Guest person(DiscordServer discord, long id, String chat) {
    String name = id == ADA ? "Ada" : "Grace";
    long channel =
        switch (chat) {
          case "private" -> discord.privateChannel(id);
          case "server" -> GENERAL;
          case "elsewhere" -> ELSEWHERE;
          default -> Long.parseLong(chat); // a thread
        };
    return new Guest(discord, id, name, id == ADA ? "en-US" : "zh-TW", channel);
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
