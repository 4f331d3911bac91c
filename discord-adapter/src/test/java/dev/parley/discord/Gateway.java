package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Where events come from: sessions that can be resumed, heartbeats, compressed as one stream.
 * Thread-safe.
 *
 * @see <a href="https://discord.com/developers/docs/events/gateway">Gateway</a>
 */
final class Gateway {
  private static final int MESSAGE_CONTENT = 1 << 15;
  private static final int AUTHENTICATION_FAILED = 4004;
  private static final int DISALLOWED_INTENTS = 4014;

  private final ObjectMapper json = new ObjectMapper();
  private final DiscordServer server;
  private final AtomicInteger identified = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();

  // guarded by the server, which says and tells as one
  private final Map<String, Session> sessions = new HashMap<>();
  private int lastSession;
  private boolean deaf;
  private OptionalInt intents = OptionalInt.empty();
  private boolean refusesContent;
  private String status = "";

  Gateway(DiscordServer server) {
    this.server = server;
  }

  /** What a connection may be resumed with. */
  private static final class Session {
    private final String id;
    private final int shard;
    private final int shards;
    private final List<String> events = new ArrayList<>();
    private @Nullable Connection connection;

    Session(String id, int shard, int shards) {
      this.id = id;
      this.shard = shard;
      this.shards = shards;
    }

    /** What concerns no server comes to the first connection. */
    boolean hearsOf(long guild) {
      return (guild >> 22) % shards == shard;
    }
  }

  int identified() {
    return identified.get();
  }

  int resumed() {
    return resumed.get();
  }

  /** What the bot wanted to see, by Discord's bits. */
  OptionalInt intents() {
    synchronized (server) {
      return intents;
    }
  }

  /** What the bot shows as its status. */
  String status() {
    synchronized (server) {
      return status;
    }
  }

  /** How many connections there are. */
  int sessions() {
    synchronized (server) {
      return sessions.size();
    }
  }

  /** Heartbeats are not answered. */
  void isDeaf(boolean now) {
    synchronized (server) {
      deaf = now;
    }
  }

  void refusesContent() {
    synchronized (server) {
      refusesContent = true;
    }
  }

  WebSocketListener connection() {
    return new Connection();
  }

  /** Tells every session that it concerns. */
  void tell(String type, ObjectNode data) {
    synchronized (server) {
      long guild =
          data.path("guild_id").asLong(type.equals("GUILD_CREATE") ? data.path("id").asLong() : 0);
      for (Session session : sessions.values()) {
        if (session.hearsOf(guild)) {
          tell(session, type, data);
        }
      }
    }
  }

  private void tell(Session session, String type, JsonNode data) {
    ObjectNode event = json.createObjectNode().put("op", 0).put("t", type);
    event.put("s", session.events.size() + 1);
    event.set("d", data.deepCopy());
    session.events.add(event.toString());
    if (session.connection != null) {
      session.connection.send(event.toString());
    }
  }

  /** Whether somebody hears events. */
  boolean isConnected() {
    synchronized (server) {
      return sessions.values().stream().anyMatch(session -> session.connection != null);
    }
  }

  /** Asks everybody to connect again. */
  void reconnect() {
    synchronized (server) {
      for (Session session : sessions.values()) {
        if (session.connection != null) {
          session.connection.send("{\"op\":7,\"d\":null,\"s\":null,\"t\":null}");
          session.connection = null;
        }
      }
    }
  }

  /** Says that every session is over. */
  void invalidate() {
    synchronized (server) {
      for (Session session : List.copyOf(sessions.values())) {
        if (session.connection != null) {
          session.connection.send("{\"op\":9,\"d\":false,\"s\":null,\"t\":null}");
          sessions.remove(session.id);
        }
      }
    }
  }

  /** Closes all connections with one of Discord's codes. */
  void close(int code) {
    synchronized (server) {
      for (Session session : sessions.values()) {
        if (session.connection != null) {
          session.connection.close(code);
        }
      }
    }
  }

  private final class Connection extends WebSocketListener {
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final DeflaterOutputStream stream =
        new DeflaterOutputStream(compressed, new Deflater(), true);
    private @Nullable WebSocket socket;
    private boolean plain;

    @Override
    public void onOpen(WebSocket opened, Response response) {
      synchronized (server) {
        socket = opened;
        plain = !String.valueOf(response.request().url().query()).contains("zlib-stream");
        send("{\"op\":10,\"d\":{\"heartbeat_interval\":2000},\"s\":null,\"t\":null}");
      }
    }

    @Override
    public void onMessage(WebSocket from, String text) {
      try {
        take(json.readTree(text));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      from.close(1000, null);
      gone();
    }

    @Override
    public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
      gone();
    }

    private void gone() {
      synchronized (server) {
        for (Session session : List.copyOf(sessions.values())) {
          if (session.connection == this) {
            session.connection = null;
          }
        }
      }
    }

    private void take(JsonNode message) {
      synchronized (server) {
        switch (message.get("op").asInt()) {
          case 1 -> {
            if (!deaf) {
              send("{\"op\":11,\"d\":null,\"s\":null,\"t\":null}");
            }
          }
          case 2 -> identify(message.get("d"));
          case 3 -> status = message.get("d").get("activities").path(0).path("state").asText();
          case 6 -> resume(message.get("d"));
          default -> {}
        }
      }
    }

    private void identify(JsonNode data) {
      identified.incrementAndGet();
      intents = OptionalInt.of(data.get("intents").asInt());
      if (!data.get("token").asText().equals(DiscordServer.TOKEN)) {
        close(AUTHENTICATION_FAILED);
        return;
      }
      if (refusesContent && (intents.getAsInt() & MESSAGE_CONTENT) != 0) {
        close(DISALLOWED_INTENTS);
        return;
      }
      JsonNode shard = data.path("shard");
      Session session =
          new Session("session" + ++lastSession, shard.path(0).asInt(0), shard.path(1).asInt(1));
      session.connection = this;
      sessions.put(session.id, session);
      ObjectNode ready =
          json.createObjectNode()
              .put("v", 10)
              .put("session_id", session.id)
              .put("resume_gateway_url", server.gatewayUrl());
      ready.set("user", server.self());
      ready.putArray("private_channels");
      ready.putObject("application").put("id", DiscordServer.APPLICATION).put("flags", 0);
      List<ObjectNode> guilds =
          server.guilds().stream()
              .filter(guild -> session.hearsOf(guild.get("id").asLong()))
              .toList();
      ArrayNode unavailable = ready.putArray("guilds");
      guilds.forEach(
          guild -> unavailable.addObject().put("unavailable", true).set("id", guild.get("id")));
      tell(session, "READY", ready);
      guilds.forEach(guild -> tell(session, "GUILD_CREATE", guild));
    }

    private void resume(JsonNode data) {
      Session session = sessions.get(data.get("session_id").asText());
      if (session == null) {
        send("{\"op\":9,\"d\":false,\"s\":null,\"t\":null}");
        return;
      }
      resumed.incrementAndGet();
      session.connection = this;
      int seen = data.get("seq").asInt();
      List<String> missed = session.events.subList(seen, session.events.size());
      missed.forEach(this::send);
      tell(session, "RESUMED", json.createObjectNode());
    }

    /** All of a connection is one compressed stream, flushed after each message. */
    private void send(String text) {
      WebSocket to = socket;
      if (to == null) {
        return;
      }
      if (plain) {
        to.send(text);
        return;
      }
      try {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
        to.send(ByteString.of(compressed.toByteArray()));
        compressed.reset();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void close(int code) {
      WebSocket to = socket;
      if (to != null) {
        to.close(code, "closed by the test");
      }
    }
  }
}
