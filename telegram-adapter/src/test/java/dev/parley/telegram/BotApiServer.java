package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * Telegram as far as a bot sees it: checks every call against the Bot API's description and the
 * rules of its manual, keeps the messages, delivers updates until they are confirmed, and fails as
 * it is told. Thread-safe.
 */
final class BotApiServer extends Dispatcher implements AutoCloseable {
  static final String TOKEN = "123456:TEST-token_of-nobody";
  static final long BOT = 123_456;
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final ObjectMapper json = new ObjectMapper();
  private final Specification specification = new Specification();
  private final MockWebServer server = new MockWebServer();

  // all below: guarded by this
  private final Map<Long, Integer> lastIds = new HashMap<>();
  private final Map<Long, NavigableMap<Integer, ObjectNode>> chats = new HashMap<>();
  private final TreeMap<Integer, ObjectNode> updates = new TreeMap<>();
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private final Map<String, Deque<JsonNode>> denials = new HashMap<>();
  private final Map<String, String> pressed = new LinkedHashMap<>();
  private final List<String> wrongCalls = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, JsonNode> commands = new HashMap<>();
  private final Map<Long, List<Long>> admins = new HashMap<>();
  private final ObjectNode hook = json.createObjectNode();
  private final Map<String, String> introductions = new HashMap<>();
  private Optional<Instant> date = Optional.empty();
  private boolean readsAll;
  private int lastUpdate = 100;
  private int lastPress;

  BotApiServer() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  TelegramOptions options() {
    return new TelegramOptions(
        TOKEN, URI.create("http://127.0.0.1:" + server.getPort()), Duration.ofSeconds(2));
  }

  /** A message as it stands in a chat. */
  record Shown(int id, long from, String text, JsonNode message) {
    List<String> buttons() {
      List<String> labels = new ArrayList<>();
      message
          .path("reply_markup")
          .path("inline_keyboard")
          .forEach(row -> row.forEach(button -> labels.add(button.get("text").asText())));
      return labels;
    }

    String data(String label) {
      for (JsonNode row : message.path("reply_markup").path("inline_keyboard")) {
        for (JsonNode button : row) {
          if (button.get("text").asText().equals(label)) {
            return button.get("callback_data").asText();
          }
        }
      }
      throw new AssertionError("no button " + label + " under " + message);
    }
  }

  synchronized List<Shown> in(long chat) {
    return chats.getOrDefault(chat, new TreeMap<>()).values().stream()
        .map(
            message ->
                new Shown(
                    message.get("message_id").asInt(),
                    message.get("from").get("id").asLong(),
                    message.path("text").asText(),
                    message.deepCopy()))
        .toList();
  }

  List<Shown> ofBot(long chat) {
    return in(chat).stream().filter(shown -> shown.from() == BOT).toList();
  }

  synchronized List<String> wrongCalls() {
    return List.copyOf(wrongCalls);
  }

  synchronized long calls(String method) {
    return calls.stream().filter(method::equals).count();
  }

  synchronized Map<String, JsonNode> commands() {
    return Map.copyOf(commands);
  }

  synchronized void fail(String method, Fault... plan) {
    faults.computeIfAbsent(method, key -> new ArrayDeque<>()).addAll(List.of(plan));
  }

  synchronized void makeAdmin(long chat, long person) {
    admins.computeIfAbsent(chat, key -> new ArrayList<>()).add(person);
  }

  /** Waits until the messages of a chat are as wanted. */
  synchronized void await(long chat, Predicate<List<Shown>> wanted) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!wanted.test(in(chat))) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not seen in " + chat + ": " + in(chat) + "; wrong: " + wrongCalls);
      }
      wait(100);
    }
  }

  /** Waits for what a press is answered with. */
  synchronized String awaitToast(String press) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!pressed.containsKey(press)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("a press was never answered");
      }
      wait(100);
    }
    return pressed.get(press);
  }

  /** Puts a person's message into a chat. */
  synchronized ObjectNode write(
      long chat, String type, String title, ObjectNode from, String text) {
    ObjectNode message = newMessage(chat, from);
    ObjectNode where = message.putObject("chat").put("id", chat).put("type", type);
    if (!title.isEmpty()) {
      where.put("title", title);
    }
    message.put("text", text);
    return message;
  }

  ObjectNode object() {
    return json.createObjectNode();
  }

  synchronized int deliver(String kind, ObjectNode content) {
    ObjectNode update = json.createObjectNode().put("update_id", ++lastUpdate);
    update.set(kind, content.deepCopy());
    updates.put(lastUpdate, update);
    notifyAll();
    return lastUpdate;
  }

  String press(ObjectNode from, long chat, int message, String data) {
    synchronized (this) {
      String id = "press" + ++lastPress;
      ObjectNode query = json.createObjectNode().put("id", id).put("chat_instance", "1");
      query.set("from", from);
      query.set("message", existing(chat, message).orElseThrow().deepCopy());
      query.put("data", data);
      deliver("callback_query", query);
      return id;
    }
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    MockResponse response = respond(request);
    return date.map(d -> response.newBuilder().setHeader("Date", HTTP_DATE.format(d)).build())
        .orElse(response);
  }

  private MockResponse respond(RecordedRequest request) throws InterruptedException {
    List<String> path = request.getUrl().pathSegments();
    if (!path.getFirst().equals("bot" + TOKEN)) {
      return answer(401, error(401, "Unauthorized"));
    }
    Optional<String> method = specification.method(path.getLast());
    if (method.isEmpty()) {
      return answer(404, error(404, "Not Found: " + path.getLast()));
    }
    Optional<JsonNode> denial = nextDenial(method.get());
    if (denial.isPresent()) {
      return answer(denial.get().get("error_code").asInt(), denial.get());
    }
    Optional<Fault> fault = nextFault(method.get());
    if (fault.isPresent()) {
      switch (fault.get()) {
        case CUT_BEFORE -> {
          return cut();
        }
        case BAD_GATEWAY_BEFORE -> {
          return badGateway();
        }
        case TOO_MANY -> {
          ObjectNode error = error(429, "Too Many Requests: retry after 1");
          error.putObject("parameters").put("retry_after", 1);
          return answer(429, error);
        }
        case CUT_AFTER, BAD_GATEWAY_AFTER -> {}
      }
    }
    MockResponse response = carryOut(method.get(), request);
    return fault.map(f -> f == Fault.CUT_AFTER ? cut() : badGateway()).orElse(response);
  }

  /** Answers the next calls of a method with an error of Telegram's own. */
  synchronized void deny(String method, int times, int code, String why) {
    Deque<JsonNode> plan = denials.computeIfAbsent(method, key -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      plan.add(error(code, why));
    }
  }

  private synchronized Optional<JsonNode> nextDenial(String method) {
    return Optional.ofNullable(denials.getOrDefault(method, new ArrayDeque<>()).poll());
  }

  private synchronized Optional<Fault> nextFault(String method) {
    calls.add(method);
    return Optional.ofNullable(faults.getOrDefault(method, new ArrayDeque<>()).poll());
  }

  private static MockResponse cut() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  private static MockResponse badGateway() {
    return new MockResponse.Builder()
        .code(502)
        .body("<html><h1>502 Bad Gateway</h1></html>")
        .build();
  }

  private MockResponse carryOut(String method, RecordedRequest request)
      throws InterruptedException {
    String body =
        request.getBody() == null ? "{}" : request.getBody().string(StandardCharsets.UTF_8);
    boolean multipart =
        String.valueOf(request.getHeaders().get("content-type")).startsWith("multipart/");
    JsonNode call;
    try {
      call = multipart ? json.createObjectNode() : json.readTree(body);
    } catch (JsonProcessingException e) {
      return answer(400, error(400, "Bad Request: no JSON"));
    }
    Optional<String> wrong = multipart ? Optional.empty() : specification.fault(method, call);
    if (wrong.isPresent()) {
      return refuse("Bad Request: " + wrong.get());
    }
    if (method.equals("getUpdates")) {
      return hook.has("url")
          ? answer(409, error(409, "Conflict: can't use getUpdates method while webhook is active"))
          : ok(updates(call));
    }
    synchronized (this) {
      MockResponse response =
          switch (method) {
            case "getMe" -> ok(bot());
            case "sendMessage" -> sendMessage(call);
            case "editMessageText" -> editMessage(call);
            case "deleteMessage" -> deleteMessage(call);
            case "sendDocument" -> sendDocument(body);
            case "getChatMember" -> member(call);
            case "getMyCommands" ->
                ok(
                    commands.getOrDefault(
                        call.path("language_code").asText(), json.createArrayNode()));
            case "setMyCommands" -> {
              commands.put(call.path("language_code").asText(), call.get("commands"));
              yield ok(json.getNodeFactory().booleanNode(true));
            }
            case "answerCallbackQuery" -> {
              pressed.put(call.get("callback_query_id").asText(), call.path("text").asText());
              yield ok(json.getNodeFactory().booleanNode(true));
            }
            case "setWebhook" -> setWebhook(body);
            case "getWebhookInfo" ->
                ok(object().put("url", "").put("pending_update_count", 0).setAll(hook));
            case "deleteWebhook" -> {
              hook.removeAll();
              yield ok(json.getNodeFactory().booleanNode(true));
            }
            default ->
                method.contains("etMy")
                    ? introduction(method, call)
                    : ok(json.getNodeFactory().booleanNode(true));
          };
      notifyAll();
      return response;
    }
  }

  /** The webhook as it is set; empty without one. */
  synchronized ObjectNode webhook() {
    return hook.deepCopy();
  }

  /** As another program would have set it. */
  synchronized void setWebhook(String url, String lastError) {
    hook.put("url", url);
    if (!lastError.isEmpty()) {
      hook.put("last_error_date", 1_763_900_000).put("last_error_message", lastError);
    }
  }

  private MockResponse setWebhook(String multipart) {
    hook.removeAll();
    for (String field : List.of("url", "secret_token", "allowed_updates", "max_connections")) {
      hook.put(
          field,
          multipart
              .replaceFirst("(?s).*name=\"" + field + "\"", "")
              .replaceFirst("(?s).*?\r\n\r\n(.*?)\r\n.*", "$1"));
    }
    return ok(json.getNodeFactory().booleanNode(true));
  }

  /** Name and descriptions: a language without its own has those for all. */
  private MockResponse introduction(String method, JsonNode call) {
    String field =
        switch (method.substring("getMy".length())) {
          case "Name" -> "name";
          case "Description" -> "description";
          default -> "short_description";
        };
    String language = call.path("language_code").asText();
    if (method.startsWith("set")) {
      introductions.put(field + language, call.path(field).asText());
      return ok(json.getNodeFactory().booleanNode(true));
    }
    String forAll = introductions.getOrDefault(field, field.equals("name") ? "Parley" : "");
    return ok(object().put(field, introductions.getOrDefault(field + language, forAll)));
  }

  /** A field of what people read before they write, followed by its language. */
  synchronized String introduction(String field) {
    return introductions.getOrDefault(field, "");
  }

  /** Waits for a webhook and an update to deliver: the oldest that is not confirmed. */
  synchronized JsonNode awaitDelivery() throws InterruptedException {
    while (updates.isEmpty() || !hook.has("url")) {
      wait(100);
    }
    return updates.firstEntry().getValue();
  }

  synchronized void confirm(JsonNode update) {
    updates.remove(update.get("update_id").asInt());
    notifyAll();
  }

  synchronized void readsAllInGroups() {
    readsAll = true;
  }

  synchronized void clockShows(Instant time) {
    date = Optional.of(time);
  }

  /** The rules of long polling: a higher offset confirms everything before it. */
  private synchronized ArrayNode updates(JsonNode call) throws InterruptedException {
    updates.headMap(call.path("offset").asInt()).clear();
    long end = System.nanoTime() + Duration.ofSeconds(call.path("timeout").asInt()).toNanos();
    while (updates.isEmpty() && System.nanoTime() < end) {
      wait(100);
    }
    ArrayNode batch = json.createArrayNode();
    updates.values().stream().limit(call.path("limit").asInt(100)).forEach(batch::add);
    return batch;
  }

  private MockResponse sendMessage(JsonNode call) {
    Optional<String> wrong = MessageRules.fault(call);
    if (wrong.isPresent()) {
      return refuse("Bad Request: " + wrong.get());
    }
    ObjectNode message = newMessage(call.get("chat_id").asLong(), bot());
    message.putObject("chat").put("id", call.get("chat_id").asLong()).put("type", "private");
    copy(call, message);
    if (call.hasNonNull("reply_parameters")) {
      message
          .putObject("reply_to_message")
          .put("message_id", call.get("reply_parameters").get("message_id").asInt());
    }
    return ok(reported(message));
  }

  /** A message without the reply, whose chat the client would ask for. */
  private static ObjectNode reported(ObjectNode message) {
    ObjectNode reported = message.deepCopy();
    reported.remove("reply_to_message");
    if (reported.path("reply_markup").has("force_reply")) {
      reported.remove("reply_markup");
    }
    return reported;
  }

  private MockResponse editMessage(JsonNode call) {
    Optional<String> wrong = MessageRules.fault(call);
    if (wrong.isPresent()) {
      return refuse("Bad Request: " + wrong.get());
    }
    Optional<ObjectNode> found = message(call);
    if (found.isEmpty()) {
      return answer(400, error(400, "Bad Request: message to edit not found"));
    }
    ObjectNode message = found.get();
    if (message.get("from").get("id").asLong() != BOT) {
      return answer(400, error(400, "Bad Request: message can't be edited"));
    }
    ObjectNode edited = message.deepCopy();
    edited.remove(List.of("text", "entities", "reply_markup"));
    copy(call, edited);
    if (edited.equals(message)) {
      return answer(400, error(400, "Bad Request: message is not modified"));
    }
    message.removeAll();
    message.setAll(edited);
    return ok(reported(message));
  }

  private static void copy(JsonNode call, ObjectNode message) {
    message.put("text", call.get("text").asText());
    for (String field : List.of("entities", "reply_markup")) {
      if (call.hasNonNull(field) && !call.get(field).isEmpty()) {
        message.set(field, call.get(field));
      }
    }
  }

  private MockResponse deleteMessage(JsonNode call) {
    if (message(call).isEmpty()) {
      return answer(400, error(400, "Bad Request: message to delete not found"));
    }
    chat(call.get("chat_id").asLong()).remove(call.get("message_id").asInt());
    return ok(json.getNodeFactory().booleanNode(true));
  }

  private MockResponse sendDocument(String body) {
    long chat =
        Long.parseLong(
            body.replaceFirst("(?s).*name=\"chat_id\"", "")
                .replaceFirst("(?s).*?\r\n\r\n(-?[0-9]+)\r\n.*", "$1"));
    ObjectNode message = newMessage(chat, bot());
    message.putObject("chat").put("id", chat).put("type", "private");
    message.put("text", "").put("file", body);
    return ok(reported(message).remove(List.of("file")));
  }

  private MockResponse member(JsonNode call) {
    boolean admin =
        admins
            .getOrDefault(call.get("chat_id").asLong(), List.of())
            .contains(call.get("user_id").asLong());
    ObjectNode member = json.createObjectNode().put("status", admin ? "administrator" : "member");
    member
        .putObject("user")
        .put("id", call.get("user_id").asLong())
        .put("first_name", "x")
        .put("is_bot", false);
    return ok(member);
  }

  private Optional<ObjectNode> existing(long chat, int message) {
    return Optional.ofNullable(chat(chat).get(message));
  }

  private Optional<ObjectNode> message(JsonNode call) {
    return existing(call.get("chat_id").asLong(), call.get("message_id").asInt());
  }

  private NavigableMap<Integer, ObjectNode> chat(long id) {
    return chats.computeIfAbsent(id, key -> new TreeMap<>());
  }

  private ObjectNode newMessage(long chat, ObjectNode from) {
    long counter = chat <= -1_000_000_000_000L ? chat : 0;
    int id = lastIds.merge(counter, 1, Integer::sum);
    ObjectNode message = json.createObjectNode().put("message_id", id).put("date", 1_763_900_000);
    message.set("from", from);
    chat(chat).put(id, message);
    notifyAll();
    return message;
  }

  ObjectNode bot() {
    return json.createObjectNode()
        .put("id", BOT)
        .put("is_bot", true)
        .put("first_name", "Parley")
        .put("username", "parley_test_bot")
        .put("can_read_all_group_messages", readsAll);
  }

  /** Refused because the bot did something that no bot should. */
  private synchronized MockResponse refuse(String why) {
    wrongCalls.add(why);
    return answer(400, error(400, why));
  }

  private ObjectNode error(int code, String why) {
    return json.createObjectNode().put("ok", false).put("error_code", code).put("description", why);
  }

  private MockResponse ok(JsonNode result) {
    ObjectNode body = json.createObjectNode().put("ok", true);
    body.set("result", result);
    return answer(200, body);
  }

  private static MockResponse answer(int code, JsonNode body) {
    return new MockResponse.Builder()
        .code(code)
        .addHeader("Content-Type", "application/json")
        .body(body.toString())
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
