package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Servers, channels, people and messages, as everybody sees them. Guarded by the server that owns
 * it, whose lock every caller holds.
 */
final class World {
  static final long BOT = 900_000_000_000_000_001L;
  static final int TEXT = 0;
  static final int PRIVATE = 1;
  static final int THREAD = 11;
  static final int FORUM = 15;
  private static final long DISCORD_EPOCH = 1_420_070_400_000L;
  private static final long EVERYTHING = (1L << 46) - 1;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<Long, ObjectNode> users = new HashMap<>();
  private final Map<Long, ObjectNode> guilds = new LinkedHashMap<>();
  private final Map<Long, ObjectNode> channels = new LinkedHashMap<>();
  private final Map<Long, TreeMap<Long, ObjectNode>> messages = new HashMap<>();
  private final Map<Long, List<Long>> roles = new HashMap<>();
  private long lastTime;
  private int inTime;

  World() {
    users.put(BOT, user(BOT, "Parley").put("bot", true));
  }

  /** An id of now. */
  long nextId() {
    long now = System.currentTimeMillis();
    inTime = now == lastTime ? inTime + 1 : 0;
    lastTime = now;
    return ((now - DISCORD_EPOCH) << 22) | inTime;
  }

  private static ObjectNode get(Map<Long, ObjectNode> all, long id) {
    return Objects.requireNonNull(all.get(id), () -> "nothing is numbered " + id);
  }

  private static ObjectNode user(long id, String name) {
    return JSON.objectNode()
        .put("id", Long.toString(id))
        .put("username", name.toLowerCase(Locale.ROOT).replace(' ', '_'))
        .put("global_name", name)
        .put("discriminator", "0")
        .putNull("avatar");
  }

  void addUser(long id, String name) {
    users.put(id, user(id, name));
  }

  /** Another program. */
  void addBot(long id, String name) {
    users.put(id, user(id, name).put("bot", true));
  }

  ObjectNode user(long id) {
    return get(users, id).deepCopy();
  }

  Collection<ObjectNode> guilds() {
    return guilds.values();
  }

  Optional<ObjectNode> channel(long id) {
    return Optional.ofNullable(channels.get(id));
  }

  boolean isPrivate(long channel) {
    return get(channels, channel).get("type").asInt() == PRIVATE;
  }

  /** A server with one channel whose number is the next one; the bot may do everything there. */
  ObjectNode addGuild(long id, String name) {
    ObjectNode guild =
        JSON.objectNode()
            .put("id", Long.toString(id))
            .put("name", name)
            .putNull("icon")
            .put("owner_id", "1")
            .put("afk_timeout", 300)
            .put("verification_level", 0)
            .put("default_message_notifications", 0)
            .put("explicit_content_filter", 0)
            .put("mfa_level", 0)
            .put("nsfw_level", 0)
            .put("premium_tier", 0)
            .put("preferred_locale", "en-US")
            .put("system_channel_flags", 0)
            .put("premium_progress_bar_enabled", false)
            .put("joined_at", Instant.now().toString())
            .put("large", false)
            .put("unavailable", false)
            .put("member_count", 2);
    ArrayNode roles = guild.putArray("roles");
    roles.add(role(id, "@everyone", 0x0000_0000_0000_0C00L | (1L << 16)));
    roles.add(role(id + 100, "Managers", 1L << 5));
    roles.add(role(id + 101, "Patrons", 0));
    ObjectNode own = role(id + 102, "Parley", EVERYTHING & ~(1L << 3));
    own.putObject("tags").put("bot_id", Long.toString(BOT));
    roles.add(own);
    ObjectNode self = JSON.objectNode();
    self.set("user", user(BOT));
    member(self).putArray("roles").add(Long.toString(id + 102));
    guild.putArray("members").add(self);
    for (String empty :
        List.of(
            "emojis",
            "stickers",
            "features",
            "threads",
            "presences",
            "voice_states",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds")) {
      guild.putArray(empty);
    }
    guild.putArray("channels");
    guilds.put(id, guild);
    addChannel(id + 1, id, "general");
    return guild;
  }

  private static ObjectNode member(ObjectNode member) {
    return member
        .put("joined_at", "2026-01-01T00:00:00Z")
        .put("deaf", false)
        .put("mute", false)
        .put("flags", 0)
        .putNull("nick");
  }

  private static ObjectNode role(long id, String name, long permissions) {
    ObjectNode role = JSON.objectNode();
    role.putObject("colors")
        .put("primary_color", 0)
        .putNull("secondary_color")
        .putNull("tertiary_color");
    return role.put("id", Long.toString(id))
        .put("name", name)
        .put("color", 0)
        .put("hoist", false)
        .put("position", 0)
        .put("permissions", Long.toString(permissions))
        .put("managed", false)
        .put("mentionable", false)
        .put("flags", 0);
  }

  ObjectNode addChannel(long id, long guild, String name) {
    ObjectNode channel =
        JSON.objectNode()
            .put("id", Long.toString(id))
            .put("type", TEXT)
            .put("guild_id", Long.toString(guild))
            .put("name", name)
            .put("position", 0)
            .put("rate_limit_per_user", 0)
            .put("flags", 0)
            .putNull("topic")
            .putNull("parent_id")
            .putNull("last_message_id")
            .put("nsfw", false);
    channel.putArray("permission_overwrites");
    channels.put(id, channel);
    ((ArrayNode) get(guilds, guild).get("channels")).add(channel);
    return channel;
  }

  ObjectNode addForum(long id, long guild, String name) {
    ObjectNode forum = addChannel(id, guild, name).put("type", FORUM);
    forum.putNull("default_reaction_emoji").put("default_forum_layout", 0);
    forum.putNull("default_sort_order").putArray("available_tags");
    return forum;
  }

  ObjectNode addThread(long id, long parent, String name) {
    long guild = get(channels, parent).get("guild_id").asLong();
    ObjectNode thread =
        JSON.objectNode()
            .put("id", Long.toString(id))
            .put("type", THREAD)
            .put("guild_id", Long.toString(guild))
            .put("parent_id", Long.toString(parent))
            .put("owner_id", Long.toString(BOT))
            .put("name", name)
            .put("message_count", 0)
            .put("total_message_sent", 0)
            .put("member_count", 1)
            .put("rate_limit_per_user", 0)
            .put("flags", 0)
            .putNull("last_message_id");
    thread
        .putObject("thread_metadata")
        .put("archived", false)
        .put("auto_archive_duration", 1440)
        .put("archive_timestamp", Instant.now().toString())
        .put("locked", false)
        .put("create_timestamp", Instant.now().toString());
    channels.put(id, thread);
    ((ArrayNode) get(guilds, guild).get("threads")).add(thread);
    return thread;
  }

  Map<Long, String> threads(long parent) {
    Map<Long, String> threads = new TreeMap<>();
    for (ObjectNode channel : channels.values()) {
      if (channel.path("parent_id").asLong() == parent) {
        threads.put(channel.get("id").asLong(), channel.get("name").asText());
      }
    }
    return threads;
  }

  ObjectNode privateChannel(long user) {
    return channels.computeIfAbsent(
        user + 10_000_000,
        id -> {
          ObjectNode channel =
              JSON.objectNode()
                  .put("id", Long.toString(id))
                  .put("type", PRIVATE)
                  .put("flags", 0)
                  .putNull("last_message_id");
          channel.putArray("recipients").add(user(user));
          return channel;
        });
  }

  void makeManager(long guild, long user) {
    giveRole(guild + 100, user);
  }

  void giveRole(long role, long user) {
    roles.computeIfAbsent(role, key -> new ArrayList<>()).add(user);
  }

  private boolean has(long role, long user) {
    return roles.getOrDefault(role, List.of()).contains(user);
  }

  /** A person as a member, without who they are. */
  ObjectNode memberOf(long guild, long user) {
    ObjectNode member = member(JSON.objectNode());
    ArrayNode own = member.putArray("roles");
    for (long role : List.of(guild + 100, guild + 101)) {
      if (has(role, user)) {
        own.add(Long.toString(role));
      }
    }
    return member;
  }

  /** What somebody may do in a server, as interactions tell it. */
  String permissions(long guild, long user) {
    boolean manages = has(guild + 100, user);
    return Long.toString(0xC00 | (1L << 16) | (manages ? 1L << 5 : 0));
  }

  ObjectNode newMessage(long channel, long author, String content) {
    long id = nextId();
    ObjectNode message =
        JSON.objectNode()
            .put("id", Long.toString(id))
            .put("channel_id", Long.toString(channel))
            .put("content", content)
            .put("timestamp", Instant.now().toString())
            .putNull("edited_timestamp")
            .put("tts", false)
            .put("mention_everyone", false)
            .put("pinned", false)
            .put("type", 0)
            .put("flags", 0);
    message.set("author", user(author));
    for (String empty :
        List.of("mentions", "mention_roles", "attachments", "embeds", "components")) {
      message.putArray(empty);
    }
    return message;
  }

  void put(ObjectNode message) {
    long channel = message.get("channel_id").asLong();
    messages
        .computeIfAbsent(channel, key -> new TreeMap<>())
        .put(message.get("id").asLong(), message);
    get(channels, channel).set("last_message_id", message.get("id"));
  }

  Optional<ObjectNode> message(long channel, long id) {
    return Optional.ofNullable(messages.getOrDefault(channel, new TreeMap<>()).get(id));
  }

  boolean remove(long channel, long id) {
    return messages.getOrDefault(channel, new TreeMap<>()).remove(id) != null;
  }

  Optional<ObjectNode> last(long channel) {
    return Optional.ofNullable(messages.get(channel))
        .map(TreeMap::lastEntry)
        .map(Map.Entry::getValue);
  }

  List<ObjectNode> in(long channel) {
    return List.copyOf(messages.getOrDefault(channel, new TreeMap<>()).values());
  }

  /** As an event tells it: with the guild and the member. */
  ObjectNode event(ObjectNode message) {
    ObjectNode event = message.deepCopy();
    @Nullable JsonNode guild = get(channels, message.get("channel_id").asLong()).get("guild_id");
    if (guild != null) {
      event.set("guild_id", guild);
      event.set("member", memberOf(guild.asLong(), message.get("author").get("id").asLong()));
    }
    return event;
  }
}
