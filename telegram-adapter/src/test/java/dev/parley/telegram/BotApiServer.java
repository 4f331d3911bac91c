package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.telegram.Chats.Shown;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;

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
  private static final Duration TYPING = Duration.ofSeconds(5);
  private static final Set<String> LIMITED =
      Set.of("sendMessage", "editMessageText", "sendDocument", "sendPhoto");
  private static final Pattern CHAT = Pattern.compile("chat_id\"[^-0-9]*?(-?[0-9]+)");

  private static final MockResponse CUT =
      new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();

  /** Longer than any client waits: a server that waits for ever wakes up all the time for that. */
  private static final MockResponse SILENT =
      new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).code(504).build();

  private static final MockResponse BAD_GATEWAY =
      new MockResponse.Builder().code(502).body("<html><h1>502 Bad Gateway</h1></html>").build();

  private final ObjectMapper json = new ObjectMapper();
  private final Specification specification = new Specification();
  private final MockWebServer server = new MockWebServer();
  private final Chats chats = new Chats();
  private final Faults faults = new Faults();
  private final Flood flood;
  private final InstantSource clock;

  // all below: guarded by this
  private final TreeMap<Integer, ObjectNode> updates = new TreeMap<>();
  private final List<ObjectNode> again = new ArrayList<>();
  private final Set<Fault> disturbed = EnumSet.noneOf(Fault.class);
  private final Map<Long, List<Runnable>> late = new HashMap<>();
  private final Map<String, Deque<JsonNode>> denials = new HashMap<>();
  private final Map<String, String> pressed = new LinkedHashMap<>();
  private final List<String> wrongCalls = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final BotProfile profile = new BotProfile();
  private final Map<Long, List<Long>> admins = new HashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<byte[]> documents = new CopyOnWriteArrayList<>();
  private final Map<Long, Long> moved = new HashMap<>();
  private final Set<Long> blocked = new HashSet<>();
  private final ObjectNode hook = json.createObjectNode();
  private Optional<Instant> date = Optional.empty();
  private boolean readsAll;
  private final Map<Long, Instant> typing = new HashMap<>();
  private final Set<Integer> typedIn = new HashSet<>();
  private int lastUpdate = 100;
  private int lastPress;
  private volatile boolean closed;

  /**
   * Starts one on a free port.
   *
   * @param clock by which it limits how much a bot sends
   */
  BotApiServer(InstantSource clock) throws IOException {
    this(clock, 0);
  }

  BotApiServer(InstantSource clock, int port) throws IOException {
    this.clock = clock;
    flood = new Flood(clock);
    server.setDispatcher(this);
    server.start(port);
  }

  TelegramOptions options() {
    return new TelegramOptions(
        TOKEN, URI.create("http://127.0.0.1:" + server.getPort()), Duration.ofSeconds(2));
  }

  /** What a program is told to reach it. */
  Map<String, String> environment() {
    return Map.of(
        "PARLEY_TELEGRAM_TOKEN", TOKEN, "PARLEY_TELEGRAM_API", options().api().toString());
  }

  /** The messages as everybody sees them. */
  Chats chats() {
    return chats;
  }

  List<Shown> in(long chat) {
    return chats.in(chat);
  }

  /** Bodies of the calls by which files were sent, each with a file in it. */
  List<byte[]> documents() {
    return documents;
  }

  List<Shown> ofBot(long chat) {
    return in(chat).stream().filter(shown -> shown.from() == BOT).toList();
  }

  /** Whether a chat shows that the bot is typing. */
  synchronized boolean isTyping(long chat) {
    return typing.getOrDefault(chat, Instant.EPOCH).plus(TYPING).isAfter(clock.instant());
  }

  /** The topics in which it was shown, 0 where none was named. */
  synchronized Set<Integer> typedIn() {
    return Set.copyOf(typedIn);
  }

  Faults faults() {
    return faults;
  }

  Flood flood() {
    return flood;
  }

  synchronized List<String> wrongCalls() {
    return List.copyOf(wrongCalls);
  }

  synchronized long calls(String method) {
    return calls.stream().filter(method::equals).count();
  }

  synchronized Map<String, JsonNode> commands() {
    return profile.commands();
  }

  synchronized void makeAdmin(long chat, long person) {
    admins.computeIfAbsent(chat, key -> new ArrayList<>()).add(person);
  }

  /** A group becomes a supergroup. */
  synchronized void moves(long from, long to) {
    moved.put(from, to);
  }

  /** A person, or a group, lets the bot write no more. */
  synchronized void blocks(long chat) {
    blocked.add(chat);
  }

  synchronized void unblocks(long chat) {
    blocked.remove(chat);
  }

  /** Why nothing can be sent to a chat. */
  private Optional<MockResponse> shut(JsonNode call) {
    long chat = call.path("chat_id").asLong();
    if (blocked.contains(chat)) {
      return Optional.of(answer(403, error(403, "Forbidden: bot was blocked by the user")));
    }
    if (moved.containsKey(chat)) {
      ObjectNode error = error(400, "Bad Request: group chat was upgraded to a supergroup chat");
      error.putObject("parameters").put("migrate_to_chat_id", moved.get(chat));
      return Optional.of(answer(400, error));
    }
    return Optional.empty();
  }

  /** Waits until the messages of a chat are as wanted. */
  void await(long chat, Predicate<List<Shown>> wanted) throws InterruptedException {
    chats.await(chat, wanted);
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
      ObjectNode under = chats.find(chat, message).orElseThrow();
      chats
          .find(chat, under.path("reply_to_message").path("message_id").asInt())
          .ifPresent(
              replied ->
                  under.set("reply_to_message", replied.remove(List.of("reply_to_message"))));
      chats.in(chat).stream()
          .map(known -> known.message().get("chat"))
          .filter(known -> known.has("title"))
          .findFirst()
          .ifPresent(known -> under.set("chat", known));
      query.set("message", under);
      query.put("data", data);
      deliver("callback_query", query);
      return id;
    }
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    MockResponse response = faults.isCut() ? CUT : respond(request);
    return date.map(d -> response.newBuilder().setHeader("Date", HTTP_DATE.format(d)).build())
        .orElse(response);
  }

  private MockResponse respond(RecordedRequest request) throws InterruptedException {
    List<String> path = request.getUrl().pathSegments();
    if (path.getFirst().equals("file") && path.get(1).equals("bot" + TOKEN)) {
      return download(path.getLast());
    }
    if (!path.getFirst().equals("bot" + TOKEN)) {
      return answer(401, error(401, "Unauthorized"));
    }
    Optional<String> method = specification.method(path.getLast());
    if (method.isEmpty()) {
      return answer(404, error(404, "Not Found: " + path.getLast()));
    }
    count(method.get());
    Optional<JsonNode> denial = nextDenial(method.get());
    if (denial.isPresent()) {
      return answer(denial.get().get("error_code").asInt(), denial.get());
    }
    byte[] bytes =
        request.getBody() == null
            ? "{}".getBytes(StandardCharsets.UTF_8)
            : request.getBody().toByteArray();
    if (method.get().equals("sendDocument")) {
      documents.add(bytes);
    }
    boolean multipart = bytes.length > 1 && bytes[0] == '-';
    String body =
        new String(bytes, multipart ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    Optional<Long> chat = limitedChat(method.get(), body);
    Optional<Duration> tooMany = chat.flatMap(flood::call);
    if (tooMany.isPresent()) {
      return tooMany(tooMany.get());
    }
    List<Runnable> late = chat.map(this::late).orElse(List.of());
    try {
      Optional<Fault> fault = faults.next(method.get());
      return fault.isPresent()
          ? failing(fault.get(), method.get(), body, chat)
          : carryOut(method.get(), body);
    } finally {
      late.forEach(Runnable::run);
    }
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

  private synchronized void count(String method) {
    calls.add(method);
  }

  /** The chat whose limits a call counts for. */
  private static Optional<Long> limitedChat(String method, String body) {
    Matcher chat = CHAT.matcher(body);
    return LIMITED.contains(method) && chat.find()
        ? Optional.of(Long.valueOf(chat.group(1)))
        : Optional.empty();
  }

  private MockResponse failing(Fault fault, String method, String body, Optional<Long> chat)
      throws InterruptedException {
    switch (fault) {
      case CUT_BEFORE -> {
        return CUT;
      }
      case LATE -> {
        later(chat.orElseThrow(), method, body);
        return CUT;
      }
      case BAD_GATEWAY_BEFORE -> {
        return BAD_GATEWAY;
      }
      case BROKEN -> {
        return answer(500, error(500, "Internal Server Error"));
      }
      case TOO_MANY -> {
        return tooMany(
            chat.map(id -> flood.refuse(id, Duration.ZERO)).orElse(Duration.ofSeconds(1)));
      }
      case SILENT_BEFORE -> {
        return SILENT;
      }
      case AGAIN, REORDERED -> disturb(fault);
      case CUT_AFTER, BAD_GATEWAY_AFTER, SILENT_AFTER, SLOW -> {}
    }
    MockResponse response = carryOut(method, body);
    return switch (fault) {
      case CUT_AFTER -> CUT;
      case BAD_GATEWAY_AFTER -> BAD_GATEWAY;
      case SILENT_AFTER -> SILENT;
      case SLOW -> response.newBuilder().throttleBody(100, 5, TimeUnit.MILLISECONDS).build();
      default -> response;
    };
  }

  private synchronized void later(long chat, String method, String body) {
    late.computeIfAbsent(chat, key -> new ArrayList<>()).add(() -> carryOut(method, body));
  }

  /** What came so late that the next call to its chat is answered before. */
  private synchronized List<Runnable> late(long chat) {
    return Optional.ofNullable(late.remove(chat)).orElse(List.of());
  }

  private synchronized void disturb(Fault fault) {
    disturbed.add(fault);
  }

  private MockResponse tooMany(Duration wait) {
    ObjectNode error = error(429, "Too Many Requests: retry after " + wait.toSeconds());
    error.putObject("parameters").put("retry_after", wait.toSeconds());
    return answer(429, error);
  }

  private MockResponse carryOut(String method, String body) {
    boolean multipart = body.startsWith("--");
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
      if (hook.has("url")) {
        return answer(
            409, error(409, "Conflict: can't use getUpdates method while webhook is active"));
      }
      try {
        return ok(updates(call));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return CUT;
      }
    }
    synchronized (this) {
      Optional<MockResponse> shut = shut(call);
      if (shut.isPresent()) {
        return shut.get();
      }
      MockResponse response =
          switch (method) {
            case "getMe" -> ok(bot());
            case "sendMessage" -> sendMessage(call);
            case "editMessageText" -> editMessage(call);
            case "deleteMessage" -> deleteMessage(call);
            case "sendDocument" -> sendFile(body, "file");
            case "sendPhoto" -> sendFile(body, "picture");
            case "getChatMember" -> member(call);
            case "sendChatAction" -> {
              typing.put(call.get("chat_id").asLong(), clock.instant());
              typedIn.add(call.path("message_thread_id").asInt());
              yield ok(json.getNodeFactory().booleanNode(true));
            }
            case "getFile" -> file(call);
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
                ok(
                    profile
                        .answer(method, call)
                        .orElseGet(() -> json.getNodeFactory().booleanNode(true)));
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

  /** A field of what people read before they write, followed by its language. */
  synchronized String introduction(String field) {
    return profile.introduction(field);
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

  synchronized void readsAllInGroups(boolean reads) {
    readsAll = reads;
  }

  synchronized void clockShows(Instant time) {
    date = Optional.of(time);
  }

  /** The rules of long polling: a higher offset confirms everything before it. */
  private synchronized ArrayNode updates(JsonNode call) throws InterruptedException {
    updates.headMap(call.path("offset").asInt()).clear();
    updates.values().removeIf(update -> !isWanted(update, call.path("allowed_updates")));
    long end = System.nanoTime() + Duration.ofSeconds(call.path("timeout").asInt()).toNanos();
    while (updates.isEmpty() && again.isEmpty() && System.nanoTime() < end && !closed) {
      wait(100);
      updates.values().removeIf(update -> !isWanted(update, call.path("allowed_updates")));
    }
    List<ObjectNode> batch = new ArrayList<>(again);
    again.clear();
    updates.values().stream().limit(call.path("limit").asInt(100)).forEach(batch::add);
    if (disturbed.contains(Fault.REORDERED)) {
      batch.sort(Comparator.comparingLong(BotApiServer::chat).reversed());
    }
    if (disturbed.contains(Fault.AGAIN)) {
      again.addAll(batch);
    }
    disturbed.clear();
    return json.createArrayNode().addAll(batch);
  }

  private static long chat(ObjectNode update) {
    return update.findPath("chat").path("id").asLong();
  }

  /** Who names no kinds gets all. */
  private static boolean isWanted(ObjectNode update, JsonNode wanted) {
    if (!wanted.isArray()) {
      return true;
    }
    for (JsonNode kind : wanted) {
      if (update.has(kind.asText())) {
        return true;
      }
    }
    return false;
  }

  private MockResponse sendMessage(JsonNode call) {
    Optional<String> wrong = MessageRules.fault(call);
    if (wrong.isPresent()) {
      return refuse("Bad Request: " + wrong.get());
    }
    if (call.path("message_thread_id").asInt() == 1) { // that of a forum's General topic
      return refuse("Bad Request: message thread not found");
    }
    long chat = call.get("chat_id").asLong();
    ObjectNode message = chats.next(chat, chat > 0 ? "private" : "supergroup", "", bot());
    copy(call, message);
    if (call.hasNonNull("message_thread_id")) {
      message.set("message_thread_id", call.get("message_thread_id"));
    }
    if (call.hasNonNull("reply_parameters")) {
      message
          .putObject("reply_to_message")
          .put("message_id", call.get("reply_parameters").get("message_id").asInt());
    }
    chats.put(chat, message);
    return ok(reported(message));
  }

  /** A message as its sender hears of it. */
  private static ObjectNode reported(ObjectNode message) {
    ObjectNode reported = message.deepCopy();
    if (reported.get("reply_to_message") instanceof ObjectNode replied) {
      replied.put("date", 1).set("chat", reported.get("chat"));
    }
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
    chats.put(call.get("chat_id").asLong(), edited);
    return ok(reported(edited));
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
    return chats.remove(call.get("chat_id").asLong(), call.get("message_id").asInt())
        ? ok(json.getNodeFactory().booleanNode(true))
        : answer(400, error(400, "Bad Request: message to delete not found"));
  }

  private MockResponse sendFile(String body, String kind) {
    long chat =
        Long.parseLong(
            body.replaceFirst("(?s).*name=\"chat_id\"", "")
                .replaceFirst("(?s).*?\r\n\r\n(-?[0-9]+)\r\n.*", "$1"));
    ObjectNode message = chats.next(chat, chat > 0 ? "private" : "supergroup", "", bot());
    message.put("text", "").put(kind, body);
    chats.put(chat, message);
    return ok(reported(message).remove(List.of("file", "picture")));
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

  /** Keeps a file to be downloaded; returns its id. */
  synchronized String keep(byte[] content) {
    String id = "file" + files.size();
    files.put(id, content);
    return id;
  }

  private MockResponse file(JsonNode call) {
    String id = call.get("file_id").asText();
    return ok(
        json.createObjectNode()
            .put("file_id", id)
            .put("file_unique_id", id)
            .put("file_path", "documents/" + id));
  }

  private synchronized MockResponse download(String id) {
    byte[] content = files.get(id);
    return content == null
        ? answer(404, error(404, "Not Found"))
        : new MockResponse.Builder().body(new Buffer().write(content)).build();
  }

  private Optional<ObjectNode> message(JsonNode call) {
    return chats.find(call.get("chat_id").asLong(), call.get("message_id").asInt());
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
    closed = true;
    server.close();
  }
}
