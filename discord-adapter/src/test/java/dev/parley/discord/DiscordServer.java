package dev.parley.discord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/**
 * Discord as far as a bot sees it: checks every request against the API's description and the rules
 * of its manual, keeps the messages, tells events, and fails as it is told. Thread-safe.
 */
final class DiscordServer extends Dispatcher implements AutoCloseable {
  static final String TOKEN = "OTAw.test-token.of_nobody";
  static final String APPLICATION = Long.toString(World.BOT);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration TYPING = Duration.ofSeconds(10);
  private static final String API = "/api/v10";
  private static final int LONGEST = 2_000;
  private static final int SUPPRESS_EMBEDS = 4;
  private static final int HAS_THREAD = 32;
  private static final int THREAD_STARTER = 21;
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
  private final Sockets sockets = new Sockets();
  private final Gateway gateway = new Gateway(this);
  private final Faults faults = new Faults();
  private final Buckets buckets = new Buckets();

  // all below: guarded by this
  private final World world = new World();
  private final Visits visits = new Visits(this, world);
  private final Map<String, ObjectNode> byNonce = new HashMap<>();
  private final Map<Long, ObjectNode> commands = new LinkedHashMap<>();
  private final Map<Long, Instant> typing = new HashMap<>();
  private final Map<Long, Integer> closed = new HashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Set<Long> withoutHistory = new HashSet<>();
  private final Set<Long> withoutThreads = new HashSet<>();
  private final List<String> wrongCalls = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final List<ObjectNode> sent = new ArrayList<>();
  private long flags = 1 << 19;
  private int largestFile = 10 << 20; // as it tells with every interaction
  private String rights = "309237763072";
  private int shards = 1;
  private int connections = 999;
  private boolean revoked;

  DiscordServer() throws IOException {
    this(0);
  }

  DiscordServer(int port) throws IOException {
    server.setServerSocketFactory(sockets);
    server.setDispatcher(this);
    server.start(port);
  }

  /** Every connection ends, without a word. */
  void cut() {
    sockets.cut();
  }

  /** As an operator writes them who wants the bot's status to be shown. */
  DiscordOptions options() {
    return new DiscordOptions(
        TOKEN,
        URI.create("http://127.0.0.1:" + server.getPort() + API),
        Optional.of(URI.create(gatewayUrl())),
        0,
        true);
  }

  /** What a program is told to reach it. */
  Map<String, String> environment() {
    return Map.of(
        "PARLEY_DISCORD_TOKEN",
        TOKEN,
        "PARLEY_DISCORD_API",
        options().api().toString(),
        "PARLEY_DISCORD_GATEWAY",
        gatewayUrl());
  }

  String gatewayUrl() {
    return "ws://127.0.0.1:" + server.getPort();
  }

  Gateway gateway() {
    return gateway;
  }

  Faults faults() {
    return faults;
  }

  Buckets buckets() {
    return buckets;
  }

  synchronized ObjectNode self() {
    return world.user(World.BOT);
  }

  synchronized Collection<ObjectNode> guilds() {
    return world.guilds().stream().map(ObjectNode::deepCopy).toList();
  }

  synchronized List<String> wrongCalls() {
    return List.copyOf(wrongCalls);
  }

  synchronized long calls(String route) {
    return calls.stream().filter(route::equals).count();
  }

  void sends(JsonNode body) {
    sent.add(body.deepCopy());
  }

  /** Bodies of all messages that were posted or changed. */
  synchronized List<ObjectNode> sent() {
    return List.copyOf(sent);
  }

  synchronized Collection<ObjectNode> commands() {
    return List.copyOf(commands.values());
  }

  /** As another version of the bot had set it. */
  synchronized void renamesCommand(String from, String to) {
    commands.values().stream()
        .filter(command -> command.get("name").asText().equals(from))
        .forEach(command -> command.put("name", to));
  }

  synchronized void addGuild(long id, String name) {
    ObjectNode guild = world.addGuild(id, name);
    gateway.tell("GUILD_CREATE", guild);
  }

  synchronized void addChannel(long id, long guild, String name) {
    gateway.tell("CHANNEL_CREATE", world.addChannel(id, guild, name));
  }

  synchronized void addThread(long id, long parent, String name) {
    gateway.tell("THREAD_CREATE", world.addThread(id, parent, name));
  }

  /** The threads of a channel and their names. */
  synchronized Map<Long, String> threads(long channel) {
    return world.threads(channel);
  }

  synchronized void addUser(long id, String name) {
    world.addUser(id, name);
  }

  synchronized void addBot(long id, String name) {
    world.addBot(id, name);
  }

  synchronized long privateChannel(long user) {
    return world.privateChannel(user).get("id").asLong();
  }

  /** A role that means nothing to Discord. */
  synchronized void makePatron(long guild, long user) {
    world.giveRole(guild + 101, user);
  }

  synchronized void makeManager(long guild, long user) {
    world.makeManager(guild, user);
  }

  /** The bot may do nothing more in a channel, by one of Discord's errors. */
  synchronized void closes(long channel, int code) {
    closed.put(channel, code);
  }

  /** Until now it could not. */
  synchronized void opens(long channel) {
    closed.remove(channel);
  }

  synchronized void hidesHistory(long channel) {
    withoutHistory.add(channel);
  }

  /** The bot may open no threads in a channel. */
  synchronized void forbidsThreads(long channel) {
    withoutThreads.add(channel);
  }

  /** How many connections a bot is told to share its servers between. */
  synchronized void advisesShards(int number) {
    shards = number;
  }

  /** A forum, whose threads are its posts. */
  synchronized void addForum(long id, long guild, String name) {
    gateway.tell("CHANNEL_CREATE", world.addForum(id, guild, name));
  }

  /** Somebody posts in a forum; returns the post's thread. */
  synchronized long posts(long forum, long person, String title, String text) {
    long id = world.nextId();
    gateway.tell("THREAD_CREATE", world.addThread(id, forum, title));
    say(id, person, text, message -> message.put("id", Long.toString(id)));
    return id;
  }

  /** What the bot may do in every server, as far as the list of them tells. */
  synchronized void allows(long permissions) {
    rights = Long.toString(permissions);
  }

  synchronized void allowsConnections(int number) {
    connections = number;
  }

  synchronized void revokesToken() {
    revoked = true;
    gateway.close(4004);
  }

  synchronized void seesMessages(boolean sees) {
    flags = sees ? 1 << 19 : 0;
  }

  synchronized boolean isTyping(long channel) {
    return typing.getOrDefault(channel, Instant.EPOCH).plus(TYPING).isAfter(Instant.now());
  }

  synchronized List<Shown> in(long channel) {
    return world.in(channel).stream().map(ObjectNode::deepCopy).map(Shown::new).toList();
  }

  /** The newest message of a channel. */
  synchronized Optional<Shown> last(long channel) {
    return world.last(channel).map(ObjectNode::deepCopy).map(Shown::new);
  }

  List<Shown> ofBot(long channel) {
    return in(channel).stream().filter(shown -> shown.from() == World.BOT).toList();
  }

  void await(long channel, Predicate<List<Shown>> wanted) throws InterruptedException {
    until("channel " + channel, () -> wanted.test(in(channel)), () -> in(channel).toString());
  }

  /** Waits until something is as wanted. */
  synchronized void until(String what, BooleanSupplier wanted, Supplier<String> seen)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never as wanted: " + what + ": " + seen.get());
      }
      wait(50);
    }
  }

  /** Somebody says something; returns its number. */
  synchronized long say(long channel, long person, String text, Consumer<ObjectNode> more) {
    if (!world.channel(channel).isPresent()) {
      throw new AssertionError("no channel " + channel);
    }
    ObjectNode message = world.newMessage(channel, person, text);
    if (text.contains("<@" + World.BOT + ">")) {
      ((ArrayNode) message.get("mentions")).add(self());
    }
    more.accept(message);
    JsonNode reference = message.path("message_reference").path("message_id");
    if (!reference.isMissingNode()) {
      world
          .message(channel, reference.asLong())
          .ifPresent(replied -> message.set("referenced_message", replied.deepCopy()));
    }
    world.put(message);
    tellMessage("MESSAGE_CREATE", message);
    notifyAll();
    return message.get("id").asLong();
  }

  /** Without the intent, texts that are not for the bot are empty. */
  private void tellMessage(String type, ObjectNode message) {
    ObjectNode event = world.event(message);
    boolean forBot =
        event.get("mentions").toString().contains(APPLICATION)
            || !event.has("guild_id")
            || event.get("author").get("id").asText().equals(APPLICATION);
    if (flags == 0 && !forBot) {
      event.put("content", "");
      event.putArray("attachments");
    }
    gateway.tell(type, event);
  }

  synchronized void change(long channel, long id, Consumer<ObjectNode> change) {
    ObjectNode message = world.message(channel, id).orElseThrow();
    change.accept(message);
    tellMessage("MESSAGE_UPDATE", message);
  }

  synchronized void delete(long channel, long id) {
    remove(channel, id);
  }

  /** Also a bot hears of what it takes back itself. */
  private boolean remove(long channel, long id) {
    boolean was = world.remove(channel, id);
    ObjectNode event = json.createObjectNode().put("id", Long.toString(id));
    event.put("channel_id", Long.toString(channel));
    JsonNode guild = world.channel(channel).orElseThrow().get("guild_id");
    if (guild != null) {
      event.set("guild_id", guild);
    }
    gateway.tell("MESSAGE_DELETE", event);
    return was;
  }

  synchronized void tell(String type, ObjectNode event) {
    gateway.tell(type, event);
  }

  ObjectNode object() {
    return json.createObjectNode();
  }

  /** Keeps a file; returns its address. */
  synchronized String keep(byte[] content) {
    String path = "/files/" + files.size();
    files.put(path, content);
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  Visits visits() {
    return visits;
  }

  /** Somebody does something; see {@link Visits#begin}. */
  synchronized Visits.Visit visit(
      int type,
      long person,
      long channel,
      String locale,
      ObjectNode data,
      Optional<ObjectNode> message) {
    return visits.begin(type, person, channel, locale, data, message);
  }

  /** Waits until an interaction was answered. */
  Visits.Visit answered(Visits.Visit visit) throws InterruptedException {
    until("an answer", () -> visit.answeredBy != 0, () -> "nothing");
    return visit;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    if (faults.isCut()) {
      return CUT;
    }
    String path = request.getUrl().encodedPath();
    if ("websocket".equalsIgnoreCase(request.getHeaders().get("Upgrade"))) {
      return new MockResponse.Builder().webSocketUpgrade(gateway.connection()).build();
    }
    synchronized (this) {
      if (files.containsKey(path)) {
        return new MockResponse.Builder().body(new Buffer().write(files.get(path))).build();
      }
      if (!path.startsWith(API)) {
        return error(404, 0, "404: Not Found");
      }
    }
    Route route = Route.of(request.getMethod(), path.substring(API.length()));
    String body = request.getBody() == null ? "" : request.getBody().string(StandardCharsets.UTF_8);
    boolean interaction = path.contains("/interactions/") || path.contains("/webhooks/");
    if (!interaction
        && (revoked || !("Bot " + TOKEN).equals(request.getHeaders().get("Authorization")))) {
      return error(401, 0, "401: Unauthorized");
    }
    synchronized (this) {
      calls.add(route.name());
    }
    Optional<MockResponse> tooMany = buckets.take(route);
    if (tooMany.isPresent()) {
      return tooMany.get();
    }
    Optional<Fault> fault = faults.next(route.name());
    MockResponse response =
        fault.isPresent()
            ? failing(fault.get(), route, body, request)
            : carryOut(route, body, request);
    return buckets.describe(route, response);
  }

  private MockResponse failing(Fault fault, Route route, String body, RecordedRequest request)
      throws InterruptedException {
    return switch (fault) {
      case CUT_BEFORE -> CUT;
      case BAD_GATEWAY_BEFORE -> BAD_GATEWAY;
      case BROKEN -> error(500, 0, "500: Internal Server Error");
      case SILENT_BEFORE -> SILENT;
      case TOO_MANY -> Buckets.tooMany(0.3, false);
      case TOO_MANY_IN_ALL -> Buckets.tooMany(0.3, true);
      case CUT_AFTER -> after(CUT, route, body, request);
      case BAD_GATEWAY_AFTER -> after(BAD_GATEWAY, route, body, request);
      case SILENT_AFTER -> after(SILENT, route, body, request);
      case CUT_WITHIN ->
          carryOut(route, body, request)
              .newBuilder()
              .onResponseBody(new SocketEffect.CloseSocket())
              .build();
      case SLOW ->
          carryOut(route, body, request)
              .newBuilder()
              .throttleBody(200, 5, TimeUnit.MILLISECONDS)
              .build();
    };
  }

  private MockResponse after(
      MockResponse instead, Route route, String body, RecordedRequest request) {
    carryOut(route, body, request);
    return instead;
  }

  private synchronized MockResponse carryOut(Route route, String body, RecordedRequest request) {
    JsonNode call;
    try {
      boolean multipart = body.startsWith("--");
      if (multipart && body.length() > largestFile) {
        return error(413, 40005, "Request entity too large");
      }
      call = body.isEmpty() ? object() : multipart ? payload(body) : json.readTree(body);
    } catch (JsonProcessingException e) {
      return refuse("no JSON");
    }
    if (route.isDescribed()) {
      Optional<String> wrong =
          specification.fault(route.method(), route.described(), call).or(() -> rules(call));
      if (wrong.isPresent()) {
        return refuse(route.name() + ": " + wrong.get());
      }
    }
    MockResponse response = carryOut(route, call, request);
    notifyAll();
    return response;
  }

  private JsonNode payload(String multipart) throws JsonProcessingException {
    ObjectNode call =
        (ObjectNode)
            json.readTree(
                multipart
                    .replaceFirst("(?s).*name=\"payload_json\"", "")
                    .replaceFirst("(?s).*?\r\n\r\n(.*?)\r\n--.*", "$1"));
    call.remove("attachments");
    if (!call.has("content")) {
      call.putObject("allowed_mentions").putArray("parse");
    }
    call.put("content", call.path("content").asText() + "[file " + multipart.length() + "]");
    return call;
  }

  /** What the description does not say of messages. */
  private static Optional<String> rules(JsonNode call) {
    JsonNode message = call.has("data") ? call.get("data") : call;
    if (message.path("content").asText().length() > LONGEST) {
      return Optional.of("content is longer than 2,000");
    }
    if (message.hasNonNull("content")) {
      JsonNode mentions = message.path("allowed_mentions");
      if (!mentions.path("parse").isArray() || !mentions.path("parse").isEmpty()) {
        return Optional.of("somebody could be pinged: " + mentions);
      }
    }
    if (message.path("components").size() > 5) {
      return Optional.of("more than five rows");
    }
    List<String> ids = message.path("components").findValuesAsText("custom_id");
    if (new HashSet<>(ids).size() < ids.size()) {
      return Optional.of("two components have one custom_id: " + ids);
    }
    for (JsonNode row : message.path("components")) {
      if (row.path("components").size() > 5) {
        return Optional.of("more than five buttons in a row");
      }
    }
    return Optional.empty();
  }

  private MockResponse carryOut(Route route, JsonNode call, RecordedRequest request) {
    return switch (route.name()) {
      case "GET /gateway/bot" -> ok(gatewayBot());
      case "GET /users/@me" -> ok(self());
      case "GET /applications/@me" -> ok(application());
      case "GET /users/@me/guilds" -> ok(ownGuilds());
      case "GET /users/{user_id}" -> ok(world.user(route.id(0)));
      case "GET /guilds/{guild_id}/members/{user_id}" -> {
        ObjectNode member = world.memberOf(route.id(0), route.id(1));
        yield ok(member.set("user", world.user(route.id(1))));
      }
      case "POST /users/@me/channels" ->
          ok(world.privateChannel(call.get("recipient_id").asLong()));
      case "GET /applications/{application_id}/commands" ->
          ok(json.createArrayNode().addAll(commands.values()));
      case "POST /applications/{application_id}/commands" -> setCommand(world.nextId(), call);
      case "PATCH /applications/{application_id}/commands/{command_id}" ->
          setCommand(route.id(1), call);
      case "DELETE /applications/{application_id}/commands/{command_id}" -> {
        commands.remove(route.id(1));
        yield nothing();
      }
      case "POST /interactions/{interaction_id}/{interaction_token}/callback" ->
          visits.callback(route, call);
      case "POST /webhooks/{webhook_id}/{webhook_token}" -> visits.followUp(route, call);
      case "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" ->
          visits.change(route, call);
      case "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" ->
          visits.delete(route);
      case "POST /channels/{channel_id}/typing" -> {
        typing.put(route.id(0), Instant.now());
        yield nothing();
      }
      case "POST /channels/{channel_id}/messages" -> post(route.id(0), call);
      case "GET /channels/{channel_id}/messages" -> history(route.id(0), request);
      case "PATCH /channels/{channel_id}/messages/{message_id}" ->
          edit(route.id(0), route.id(1), call);
      case "POST /channels/{channel_id}/messages/{message_id}/threads" ->
          openThread(route.id(0), route.id(1), call);
      case "DELETE /channels/{channel_id}/messages/{message_id}" ->
          remove(route.id(0), route.id(1)) ? nothing() : error(404, 10008, "Unknown Message");
      default -> refuse("no such thing: " + route.name());
    };
  }

  private ObjectNode gatewayBot() {
    ObjectNode answer = object().put("url", gatewayUrl()).put("shards", shards);
    answer
        .putObject("session_start_limit")
        .put("total", 1_000)
        .put("remaining", connections)
        .put("reset_after", 1)
        .put("max_concurrency", 1);
    return answer;
  }

  private ArrayNode ownGuilds() {
    ArrayNode own = json.createArrayNode();
    for (ObjectNode guild : world.guilds()) {
      own.addObject()
          .put("permissions", rights)
          .put("id", guild.get("id").asText())
          .put("name", guild.get("name").asText());
    }
    return own;
  }

  private ObjectNode application() {
    ObjectNode answer = object().put("id", APPLICATION).put("name", "Parley").put("flags", flags);
    answer.put("approximate_guild_count", world.guilds().size());
    answer.set("bot", self());
    return answer;
  }

  private MockResponse setCommand(long id, JsonNode call) {
    ObjectNode command = call.deepCopy();
    command
        .put("id", Long.toString(id))
        .put("application_id", APPLICATION)
        .put("version", Long.toString(world.nextId()));
    commands.put(id, command);
    return ok(command);
  }

  private Optional<MockResponse> shut(long channel) {
    if (world.channel(channel).isEmpty()) {
      return Optional.of(error(404, 10003, "Unknown Channel"));
    }
    return Optional.ofNullable(closed.get(channel))
        .map(code -> error(code == 10003 ? 404 : 403, code, "closed by the test"));
  }

  private MockResponse post(long channel, JsonNode call) {
    Optional<MockResponse> shut = shut(channel);
    if (shut.isPresent()) {
      return shut.get();
    }
    sends(call);
    String nonce = channel + " " + call.path("nonce").asText();
    if (call.path("enforce_nonce").asBoolean() && byNonce.containsKey(nonce)) {
      return ok(byNonce.get(nonce));
    }
    if (withoutHistory.contains(channel) && call.has("message_reference")) {
      return error(400, 160002, "Cannot reply without permission to read message history");
    }
    if (call.path("content").asText().isBlank()) {
      return refuse("an empty message");
    }
    ObjectNode message = filled(world.newMessage(channel, World.BOT, ""), call);
    if (call.hasNonNull("message_reference")) {
      message
          .putObject("message_reference")
          .put("message_id", call.get("message_reference").get("message_id").asText())
          .put("channel_id", Long.toString(channel))
          .put("type", 0);
    }
    world.put(message);
    typing.remove(channel);
    gateway.tell("MESSAGE_CREATE", world.event(message));
    byNonce.put(nonce, message);
    return ok(message);
  }

  /** Nonces are remembered for some minutes; a test says when they are over. */
  synchronized void forgetsNonces() {
    byNonce.clear();
  }

  static ObjectNode filled(ObjectNode message, JsonNode call) {
    int before = message.path("flags").asInt() & ~SUPPRESS_EMBEDS;
    for (String field : List.of("content", "components", "flags")) {
      if (call.has(field)) {
        message.set(field, call.get(field).deepCopy());
      }
    }
    return message.put("flags", message.path("flags").asInt() | before);
  }

  private MockResponse edit(long channel, long id, JsonNode call) {
    Optional<MockResponse> shut = shut(channel);
    if (shut.isPresent()) {
      return shut.get();
    }
    Optional<ObjectNode> found = world.message(channel, id);
    if (found.isEmpty()) {
      return error(404, 10008, "Unknown Message");
    }
    if (found.get().get("author").get("id").asLong() != World.BOT) {
      wrongCalls.add("somebody else's message is edited");
      return error(403, 50005, "Cannot edit a message authored by another user");
    }
    sends(call);
    filled(found.get(), call).put("edited_timestamp", Instant.now().toString());
    gateway.tell("MESSAGE_UPDATE", world.event(found.get()));
    return ok(found.get());
  }

  /** Under a message there is one thread at most, which has its number. */
  private MockResponse openThread(long channel, long message, JsonNode call) {
    Optional<MockResponse> shut = shut(channel);
    if (shut.isPresent()) {
      return shut.get();
    }
    if (withoutThreads.contains(channel)) {
      return error(403, 50013, "Missing Permissions");
    }
    Optional<ObjectNode> under = world.message(channel, message);
    if (under.isEmpty()) {
      return error(404, 10008, "Unknown Message");
    }
    if (world.channel(message).isPresent()) {
      return error(400, 160004, "A thread has already been created for this message");
    }
    ObjectNode thread = world.addThread(message, channel, call.get("name").asText());
    under.get().put("flags", HAS_THREAD);
    gateway.tell("THREAD_CREATE", thread);
    gateway.tell("MESSAGE_UPDATE", world.event(under.get()));
    ObjectNode beginning = world.newMessage(message, World.BOT, "").put("type", THREAD_STARTER);
    world.put(beginning);
    gateway.tell("MESSAGE_CREATE", world.event(beginning));
    return ok(thread);
  }

  private MockResponse history(long channel, RecordedRequest request) {
    Optional<MockResponse> shut = shut(channel);
    if (shut.isPresent()) {
      return shut.get();
    }
    long after =
        Long.parseLong(Optional.ofNullable(request.getUrl().queryParameter("after")).orElse("0"));
    int limit =
        Integer.parseInt(
            Optional.ofNullable(request.getUrl().queryParameter("limit")).orElse("50"));
    List<ObjectNode> oldest =
        world.in(channel).stream()
            .filter(message -> message.get("id").asLong() > after)
            .limit(limit)
            .toList();
    return ok(json.createArrayNode().addAll(oldest.reversed()));
  }

  /** Files of more bytes are refused, with what goes with them. */
  synchronized void takesFiles(int bytes) {
    largestFile = bytes;
  }

  /** Refused because the bot did something that no bot should. */
  private synchronized MockResponse refuse(String why) {
    wrongCalls.add(why);
    return error(400, 50035, why);
  }

  static MockResponse error(int status, int code, String why) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", why).put("code", code);
    return answer(status, body);
  }

  static MockResponse ok(JsonNode body) {
    return answer(200, body);
  }

  static MockResponse nothing() {
    return new MockResponse.Builder().code(204).build();
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
