package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.platform.Finding;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.dv8tion.jda.api.Permission;
import okhttp3.OkHttpClient;

/** A look at the bot from outside, for {@code ./parley doctor}. */
public final class DiscordCheckup {
  /** Without one of these something that people expect does not work. */
  private static final List<Permission> NEEDED =
      List.of(
          Permission.VIEW_CHANNEL,
          Permission.MESSAGE_SEND,
          Permission.MESSAGE_SEND_IN_THREADS,
          Permission.MESSAGE_HISTORY,
          Permission.MESSAGE_EMBED_LINKS,
          Permission.MESSAGE_ATTACH_FILES);

  /** Connections that a bot may open without asking whether it should. */
  private static final int FEW = 50;

  /** More are not read one by one. */
  private static final int MOST_NAMED = 10;

  private DiscordCheckup() {}

  /** Asks Discord, and says what is good and what is not. */
  public static List<Finding> examine(DiscordOptions options) {
    List<Finding> found = new ArrayList<>();
    OkHttpClient http = new OkHttpClient();
    try {
      BotAccount account = BotAccount.ask(http, options);
      found.add(good("the token is " + account.name() + "'s"));
      found.add(
          account.seesMessages()
              ? good("the Message Content switch is on")
              : note(
                  "the Message Content switch is off, so mentions, replies and commands work but"
                      + " answering everything doesn't: Developer Portal → Bot → Privileged Gateway"
                      + " Intents."));
      found.add(quota(BotAccount.get(http, options, "gateway/bot")));
      servers(BotAccount.get(http, options, "users/@me/guilds"), account, found);
      commands(BotAccount.get(http, options, "applications/" + account.id() + "/commands"), found);
    } catch (PlatformException e) {
      found.add(
          problem(
              e.kind() == Kind.UNREACHABLE
                  ? "it cannot be reached ("
                      + e.getMessage()
                      + "): check the network and discord.api, or try again later."
                  : String.valueOf(e.getMessage())));
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
    return found;
  }

  private static Finding quota(JsonNode gateway) {
    JsonNode limit = gateway.path("session_start_limit");
    String left =
        limit.path("remaining").asInt() + " of " + limit.path("total").asInt() + " connections";
    return limit.path("remaining").asInt() < FEW
        ? problem(
            "only "
                + left
                + " may be opened until "
                + limit.path("reset_after").asLong() / 60_000
                + " minutes from now: something starts the bot again and again; stop it, its log"
                + " says why it ends.")
        : good(left + " left today, " + gateway.path("shards").asInt() + " advised");
  }

  private static void servers(JsonNode guilds, BotAccount account, List<Finding> found) {
    if (guilds.isEmpty()) {
      found.add(note("it is in no server. Invite it: " + account.invitation()));
      return;
    }
    Map<String, String> lacking =
        StreamSupport.stream(guilds.spliterator(), false)
            .filter(guild -> !missing(guild).isEmpty())
            .collect(
                Collectors.toMap(
                    guild -> guild.path("name").asText(), DiscordCheckup::missing, (a, b) -> a));
    if (lacking.isEmpty()) {
      String servers = guilds.size() == 1 ? "1 server" : guilds.size() + " servers";
      found.add(good(servers + ", all rights there"));
    }
    lacking.entrySet().stream()
        .limit(MOST_NAMED)
        .forEach(
            guild ->
                found.add(
                    note(
                        "in "
                            + guild.getKey()
                            + " it lacks rights: "
                            + guild.getValue()
                            + ". Give them to its role, or invite it again: "
                            + account.invitation())));
  }

  private static String missing(JsonNode guild) {
    long rights = guild.path("permissions").asLong();
    if (Permission.getPermissions(rights).contains(Permission.ADMINISTRATOR)) {
      return "";
    }
    return NEEDED.stream()
        .filter(permission -> (rights & permission.getRawValue()) == 0)
        .map(Permission::getName)
        .collect(Collectors.joining(", "));
  }

  private static void commands(JsonNode commands, List<Finding> found) {
    found.add(
        commands.isEmpty()
            ? note("no commands are set yet; ./parley sets them")
            : good(commands.size() + " commands are set"));
  }

  private static Finding good(String text) {
    return Finding.good("Discord: " + text);
  }

  private static Finding note(String text) {
    return Finding.note("Discord: " + text);
  }

  private static Finding problem(String text) {
    return Finding.problem("Discord: " + text);
  }
}
