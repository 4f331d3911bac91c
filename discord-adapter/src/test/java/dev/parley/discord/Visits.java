package dev.parley.discord;

import static dev.parley.discord.DiscordServer.error;
import static dev.parley.discord.DiscordServer.filled;
import static dev.parley.discord.DiscordServer.nothing;
import static dev.parley.discord.DiscordServer.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;

/**
 * Interactions: commands, buttons, menus, forms, and what they are answered with in their time.
 * Guarded by the server that owns it.
 *
 * @see <a
 *     href="https://discord.com/developers/docs/interactions/receiving-and-responding">Receiving
 *     and responding to interactions</a>
 */
final class Visits {
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** For the first one of a process, which loads its classes meanwhile. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

  private static final AtomicBoolean ANSWERED = new AtomicBoolean();

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final int MOST_FOLLOW_UPS = 5;
  private static final int EPHEMERAL = 64;

  private final DiscordServer server;
  private final World world;
  private final Map<String, Visit> visits = new LinkedHashMap<>();

  Visits(DiscordServer server, World world) {
    this.server = server;
    this.world = world;
  }

  /** An interaction with somebody, as they see it. */
  static final class Visit {
    final String id;
    final String token;
    final long person;
    final long channel;
    final boolean absent;
    Instant begun = Instant.now();
    int answeredBy;
    int followUps;
    boolean thinking;
    boolean quiet;
    Optional<Long> original = Optional.empty();
    Optional<ObjectNode> form = Optional.empty();
    Optional<JsonNode> choices = Optional.empty();

    /** The message whose button was pressed. */
    Optional<ObjectNode> pressed = Optional.empty();

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

    /** Its quarter of an hour is over. */
    void expire() {
      begun = begun.minus(LIFE);
    }
  }

  /**
   * Somebody uses a command, a button, a menu or a form.
   *
   * @param type 2 for commands, 3 for buttons and menus, 4 for typing, 5 for forms
   */
  Visit begin(
      int type,
      long person,
      long channel,
      String locale,
      ObjectNode data,
      Optional<ObjectNode> message) {
    boolean absent = world.channel(channel).isEmpty(); // of a server that the bot is not in
    String id = Long.toString(world.nextId());
    Visit visit = new Visit(id, "token-" + id, person, channel, absent);
    visits.put(visit.token, visit);
    ObjectNode event =
        server
            .object()
            .put("id", id)
            .put("application_id", DiscordServer.APPLICATION)
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
                    server
                        .object()
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
    visit.pressed = message;
    message.ifPresent(under -> event.set("message", under.deepCopy()));
    server.tell("INTERACTION_CREATE", event);
    return visit;
  }

  private ObjectNode strangers() {
    ObjectNode member =
        server
            .object()
            .put("joined_at", "2026-01-01T00:00:00Z")
            .put("deaf", false)
            .put("mute", false)
            .put("flags", 0);
    member.putArray("roles");
    return member;
  }

  MockResponse callback(Route route, JsonNode call) {
    Visit visit = visits.get(route.parameter(1));
    Duration most = ANSWERED.getAndSet(true) ? ANSWER : FIRST_ANSWER;
    if (visit == null || visit.begun.plus(most).isBefore(Instant.now())) {
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
        visit.quiet = (call.path("data").path("flags").asInt() & EPHEMERAL) != 0;
      }
      case 7 -> changed(visit, call.get("data"));
      case 8 -> visit.choices = Optional.of(call.get("data").get("choices"));
      case 9 -> visit.form = Optional.of(call.get("data").deepCopy());
      default -> {}
    }
    return nothing();
  }

  private void changed(Visit visit, JsonNode data) {
    ObjectNode under = visit.pressed.orElseThrow();
    filled(under, data);
    world
        .message(visit.channel, under.get("id").asLong())
        .ifPresent(message -> filled(message, data));
  }

  /** A message in answer to an interaction; returns its number. */
  private long show(Visit visit, JsonNode data) {
    server.sends(data);
    ObjectNode message = filled(world.newMessage(visit.channel, World.BOT, ""), data);
    message
        .putObject("interaction_metadata")
        .put("id", visit.id)
        .put("type", 2)
        .putObject("authorizing_integration_owners");
    ((ObjectNode) message.get("interaction_metadata")).set("user", world.user(visit.person));
    boolean quiet = visit.quiet || (data.path("flags").asInt() & EPHEMERAL) != 0;
    if (quiet) {
      message.put("flags", 68);
    }
    if (quiet || visit.absent) {
      visit.own.put(message.get("id").asLong(), message);
    } else {
      world.put(message);
      server.tell("MESSAGE_CREATE", world.event(message));
    }
    return message.get("id").asLong();
  }

  private Visit visit(Route route) {
    return Objects.requireNonNull(visits.get(route.parameter(1)), "an unknown token");
  }

  private static Optional<MockResponse> over(Visit visit) {
    return visit.begun.plus(LIFE).isBefore(Instant.now())
        ? Optional.of(error(401, 50027, "Invalid Webhook Token"))
        : Optional.empty();
  }

  MockResponse followUp(Route route, JsonNode call) {
    Visit visit = visit(route);
    Optional<MockResponse> over = over(visit);
    if (over.isPresent()) {
      return over.get();
    }
    if (visit.absent && ++visit.followUps > MOST_FOLLOW_UPS) {
      return error(400, 40094, "Too many follow-up messages");
    }
    boolean quiet = visit.quiet;
    visit.quiet = false;
    long id = show(visit, call);
    visit.quiet = quiet;
    return ok(own(visit, id).orElseThrow());
  }

  private Optional<ObjectNode> own(Visit visit, long id) {
    return Optional.ofNullable(visit.own.get(id))
        .or(() -> world.message(visit.channel, id))
        .or(() -> visit.pressed.filter(under -> under.get("id").asLong() == id));
  }

  MockResponse change(Route route, JsonNode call) {
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
    if (original && visit.original.isEmpty() && visit.pressed.isPresent()) {
      changed(visit, call);
      return ok(visit.pressed.orElseThrow());
    }
    Optional<ObjectNode> found =
        original
            ? visit.original.flatMap(id -> own(visit, id))
            : own(visit, Long.parseLong(route.parameter(2)));
    if (found.isEmpty()) {
      return error(404, 10008, "Unknown Message");
    }
    server.sends(call);
    filled(found.get(), call);
    return ok(found.get());
  }

  MockResponse delete(Route route) {
    Visit visit = visit(route);
    visit.thinking = false;
    if (!route.parameter(2).equals("@original")) {
      long id = Long.parseLong(route.parameter(2));
      visit.own.remove(id);
      world.remove(visit.channel, id);
    }
    return nothing();
  }
}
