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
import java.util.Objects;
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
  private static final MockResponse CUT = carelessly(new SocketEffect.CloseSocket());
  private static final MockResponse SILENT = carelessly(SocketEffect.Stall.INSTANCE);
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
  private final Map<String, Visit> visits = new LinkedHashMap<>();
  private final Map<String, ObjectNode> byNonce = new HashMap<>();
  private final Map<Long, ObjectNode> commands = new LinkedHashMap<>();
  private final Map<Long, Instant> typing = new HashMap<>();
  private final Map<Long, Integer> closed = new HashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Set<Long> withoutHistory = new HashSet<>();
  private final List<String> wrongCalls = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final List<ObjectNode> sent = new ArrayList<>();
  private long flags = 1 << 19;
  private String rights = "309237763072";
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

  /** An interaction with somebody, as they see it. */
  static final class Visit {
    final String id;
    final String token;
    final long person;
    final long channel;
    final boolean absent;
    final Instant begun = Instant.now();
    int answeredBy;
    int followUps;
    boolean thinking;
    boolean quiet;
    Optional<Long> original = Optional.empty();
    Optional<ObjectNode> form = Optional.empty();
    Optional<JsonNode> choices = Optional.empty();

    /** What only the person sees, or what stands where the bot itself is not. */
    final Map<Long, ObjectNode> own = new LinkedHashMap<>();

    Visit(String id, String token, long person, long channel, boolean absent) {
      this.id = id;
      this.token = token;
      this.person = person;
      this.channel = channel;
      this.absent = absent;
    }

    /** What came of it, for the person alone. */
    List<Shown> shown() {
      return own.values().stream().map(Shown::new).toList();
    }
  }

  /** Every connection ends, without a word. */
  void cut() {
    sockets.cut();
  }

  DiscordOptions options() {
    return new DiscordOptions(
        TOKEN,
        URI.create("http://127.0.0.1:" + server.getPort() + API),
        Optional.of(URI.create(gatewayUrl())),
        0);
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

  /** Bodies of all messages that were posted or changed. */
  synchronized List<ObjectNode> sent() {
    return List.copyOf(sent);
  }

  synchronized Collection<ObjectNode> commands() {
    return List.copyOf(commands.values());
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

  synchronized void addUser(long id, String name) {
    world.addUser(id, name);
  }

  synchronized long privateChannel(long user) {
    return world.privateChannel(user).get("id").asLong();
  }

  synchronized void makeManager(long guild, long user) {
    world.makeManager(guild, user);
  }

  /** The bot may do nothing more in a channel, by one of Discord's errors. */
  synchronized void closes(long channel, int code) {
    closed.put(channel, code);
  }

  synchronized void hidesHistory(long channel) {
    withoutHistory.add(channel);
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
    world.remove(channel, id);
    ObjectNode event = json.createObjectNode().put("id", Long.toString(id));
    event.put("channel_id", Long.toString(channel));
    world.channel(channel).orElseThrow().path("guild_id");
    JsonNode guild = world.channel(channel).orElseThrow().get("guild_id");
    if (guild != null) {
      event.set("guild_id", guild);
    }
    gateway.tell("MESSAGE_DELETE", event);
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

  /**
   * Somebody uses a command, a button, a menu or a form.
   *
   * @param type 2 for commands, 3 for buttons and menus, 4 for typing, 5 for forms
   * @param absent where the bot itself is not
   */
  synchronized Visit visit(
      int type,
      long person,
      long channel,
      String locale,
      boolean absent,
      ObjectNode data,
      Optional<ObjectNode> message) {
    String id = Long.toString(world.nextId());
    Visit visit = new Visit(id, "token-" + id, person, channel, absent);
    visits.put(visit.token, visit);
    ObjectNode event =
        json.createObjectNode()
            .put("id", id)
            .put("application_id", APPLICATION)
            .put("type", type)
            .put("token", visit.token)
            .put("version", 1)
            .put("channel_id", Long.toString(channel))
            .put("locale", locale)
            .put("app_permissions", "562949953421311")
            .put("attachment_size_limit", 10_485_760);
    event.set("data", data);
    event.putArray("entitlements");
    ObjectNode where =
        world
            .channel(channel)
            .map(ObjectNode::deepCopy)
            .orElseGet(
                () ->
                    object()
                        .put("id", Long.toString(channel))
                        .put("type", 0)
                        .put("name", "elsewhere")
                        .put("position", 0)
                        .put("nsfw", false)
                        .put("rate_limit_per_user", 0)
                        .putNull("parent_id")
                        .putNull("topic")
                        .putNull("last_message_id")
                        .put("flags", 0));
    where.put("permissions", "562949953421311");
    event.set("channel", where);
    ObjectNode owners = event.putObject("authorizing_integration_owners");
    if (where.path("type").asInt() == World.PRIVATE) {
      event.put("context", 1);
      event.set("user", world.user(person));
      owners.put("1", Long.toString(person));
    } else {
      long guild = absent ? 777 : where.get("guild_id").asLong();
      event.put("context", 0).put("guild_id", Long.toString(guild)).put("guild_locale", "en-US");
      event
          .putObject("guild")
          .put("id", Long.toString(guild))
          .put("locale", "en-US")
          .putArray("features");
      ObjectNode member = absent ? strangers() : world.memberOf(guild, person);
      member.set("user", world.user(person));
      member.put("permissions", absent ? "3072" : world.permissions(guild, person));
      event.set("member", member);
      owners.put(absent ? "1" : "0", absent ? Long.toString(person) : Long.toString(guild));
    }
    message.ifPresent(under -> event.set("message", under.deepCopy()));
    gateway.tell("INTERACTION_CREATE", event);
    return visit;
  }

  private ObjectNode strangers() {
    ObjectNode member =
        object()
            .put("joined_at", "2026-01-01T00:00:00Z")
            .put("deaf", false)
            .put("mute", false)
            .put("flags", 0);
    member.putArray("roles");
    return member;
  }

  /** Waits until an interaction was answered. */
  Visit answered(Visit visit) throws InterruptedException {
    until("an answer", () -> visit.answeredBy != 0, () -> "nothing");
    return visit;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
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

  private static MockResponse carelessly(SocketEffect effect) {
    return new MockResponse.Builder().onResponseStart(effect).build();
  }

  private synchronized MockResponse carryOut(Route route, String body, RecordedRequest request) {
    JsonNode call;
    try {
      boolean multipart = body.startsWith("--");
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
          callback(route, call);
      case "POST /webhooks/{webhook_id}/{webhook_token}" -> followUp(route, call);
      case "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" ->
          changeOwn(route, call);
      case "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" ->
          deleteOwn(route);
      case "POST /channels/{channel_id}/typing" -> {
        typing.put(route.id(0), Instant.now());
        yield nothing();
      }
      case "POST /channels/{channel_id}/messages" -> post(route.id(0), call);
      case "GET /channels/{channel_id}/messages" -> history(route.id(0), request);
      case "PATCH /channels/{channel_id}/messages/{message_id}" ->
          edit(route.id(0), route.id(1), call);
      case "DELETE /channels/{channel_id}/messages/{message_id}" ->
          world.remove(route.id(0), route.id(1)) ? nothing() : error(404, 10008, "Unknown Message");
      default -> refuse("no such thing: " + route.name());
    };
  }

  private ObjectNode gatewayBot() {
    ObjectNode answer = object().put("url", gatewayUrl()).put("shards", 1);
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
    sent.add(call.deepCopy());
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

  private ObjectNode filled(ObjectNode message, JsonNode call) {
    for (String field : List.of("content", "components", "flags")) {
      if (call.has(field)) {
        message.set(field, call.get(field).deepCopy());
      }
    }
    return message;
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
    sent.add(call.deepCopy());
    filled(found.get(), call).put("edited_timestamp", Instant.now().toString());
    gateway.tell("MESSAGE_UPDATE", world.event(found.get()));
    return ok(found.get());
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

  private MockResponse callback(Route route, JsonNode call) {
    Visit visit = visits.get(route.parameter(1));
    if (visit == null || visit.begun.plusSeconds(3).isBefore(Instant.now())) {
      return error(404, 10062, "Unknown interaction");
    }
    if (visit.answeredBy != 0) {
      return error(400, 40060, "Interaction has already been acknowledged");
    }
    int type = call.get("type").asInt();
    visit.answeredBy = type;
    switch (type) {
      case 4 -> visit.original = Optional.of(show(visit, call.get("data")));
      case 5 -> {
        visit.thinking = true;
        visit.quiet = (call.path("data").path("flags").asInt() & 64) != 0;
      }
      case 7 -> changed(visit, call.get("data"));
      case 8 -> visit.choices = Optional.of(call.get("data").get("choices"));
      case 9 -> visit.form = Optional.of(call.get("data").deepCopy());
      default -> {}
    }
    return nothing();
  }

  /** The message under which a button was pressed, where its answer changes it. */
  private final Map<String, ObjectNode> pressedUnder = new HashMap<>();

  synchronized void pressed(Visit visit, ObjectNode message) {
    pressedUnder.put(visit.token, message);
  }

  private void changed(Visit visit, JsonNode data) {
    ObjectNode under = Objects.requireNonNull(pressedUnder.get(visit.token));
    filled(under, data);
    world
        .message(visit.channel, under.get("id").asLong())
        .ifPresent(message -> filled(message, data));
  }

  /** A message in answer to an interaction; returns its number. */
  private long show(Visit visit, JsonNode data) {
    sent.add(data.deepCopy());
    ObjectNode message = filled(world.newMessage(visit.channel, World.BOT, ""), data);
    message
        .putObject("interaction_metadata")
        .put("id", visit.id)
        .put("type", 2)
        .putObject("authorizing_integration_owners");
    ((ObjectNode) message.get("interaction_metadata")).set("user", world.user(visit.person));
    boolean quiet = visit.quiet || (data.path("flags").asInt() & 64) != 0;
    if (quiet) {
      message.put("flags", 68);
    }
    if (quiet || visit.absent) {
      visit.own.put(message.get("id").asLong(), message);
    } else {
      world.put(message);
      gateway.tell("MESSAGE_CREATE", world.event(message));
    }
    return message.get("id").asLong();
  }

  private Visit visit(Route route) {
    return Objects.requireNonNull(visits.get(route.parameter(1)), "an unknown token");
  }

  private static Optional<MockResponse> over(Visit visit) {
    return visit.begun.plusSeconds(900).isBefore(Instant.now())
        ? Optional.of(error(401, 50027, "Invalid Webhook Token"))
        : Optional.empty();
  }

  private MockResponse followUp(Route route, JsonNode call) {
    Visit visit = visit(route);
    Optional<MockResponse> over = over(visit);
    if (over.isPresent()) {
      return over.get();
    }
    if (visit.absent && ++visit.followUps > 5) {
      return error(400, 40094, "Too many follow-up messages");
    }
    boolean quiet = visit.quiet;
    visit.quiet = false;
    long id = show(visit, call);
    visit.quiet = quiet;
    return ok(own(visit, id).orElseThrow());
  }

  private Optional<ObjectNode> own(Visit visit, long id) {
    return Optional.ofNullable(visit.own.get(id)).or(() -> world.message(visit.channel, id));
  }

  private MockResponse changeOwn(Route route, JsonNode call) {
    Visit visit = visit(route);
    Optional<MockResponse> over = over(visit);
    if (over.isPresent()) {
      return over.get();
    }
    boolean original = route.parameter(2).equals("@original");
    if (original && visit.thinking) {
      visit.thinking = false;
      visit.original = Optional.of(show(visit, call));
      return ok(own(visit, visit.original.get()).orElseThrow());
    }
    if (original && visit.original.isEmpty() && pressedUnder.containsKey(visit.token)) {
      changed(visit, call);
      return ok(Objects.requireNonNull(pressedUnder.get(visit.token)));
    }
    Optional<ObjectNode> found =
        original
            ? visit.original.flatMap(id -> own(visit, id))
            : own(visit, Long.parseLong(route.parameter(2)));
    if (found.isEmpty()) {
      return error(404, 10008, "Unknown Message");
    }
    sent.add(call.deepCopy());
    filled(found.get(), call);
    return ok(found.get());
  }

  private MockResponse deleteOwn(Route route) {
    Visit visit = visit(route);
    visit.thinking = false;
    if (!route.parameter(2).equals("@original")) {
      long id = Long.parseLong(route.parameter(2));
      visit.own.remove(id);
      world.remove(visit.channel, id);
    }
    return nothing();
  }

  /** Refused because the bot did something that no bot should. */
  private synchronized MockResponse refuse(String why) {
    wrongCalls.add(why);
    return error(400, 50035, why);
  }

  private static MockResponse error(int status, int code, String why) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", why).put("code", code);
    return answer(status, body);
  }

  private static MockResponse ok(JsonNode body) {
    return answer(200, body);
  }

  private static MockResponse nothing() {
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
