package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Who the bot is and what its owner switched on, asked before JDA connects: Discord ends the
 * connection of a bot that wants an intent it does not have.
 *
 * @param id the application's
 * @param user the bot's own
 * @param name the bot's
 * @param flags of the application
 * @see <a href="https://discord.com/developers/docs/resources/application">Application</a>
 */
record BotAccount(String id, String user, String name, long flags) {
  private static final long MESSAGE_CONTENT = 1 << 18;
  private static final long MESSAGE_CONTENT_LIMITED = 1 << 19;
  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;

  /** Send, embed, attach, read the history, see channels, react, and in threads. */
  private static final long RIGHTS =
      (1L << 10) | (1L << 11) | (1L << 14) | (1L << 15) | (1L << 16) | (1L << 38) | (1L << 35);

  static BotAccount ask(OkHttpClient http, DiscordOptions options) throws PlatformException {
    JsonNode application = get(http, options, "applications/@me");
    JsonNode bot = application.path("bot");
    return new BotAccount(
        application.path("id").asText(),
        bot.path("id").asText(),
        bot.path("username").asText(),
        application.path("flags").asLong());
  }

  static JsonNode get(OkHttpClient http, DiscordOptions options, String path)
      throws PlatformException {
    Request request =
        new Request.Builder()
            .url(options.api() + "/" + path)
            .header("Authorization", "Bot " + options.token())
            .header("User-Agent", "DiscordBot (Parley)")
            .build();
    try (Response response = http.newCall(request).execute()) {
      if (response.code() == UNAUTHORIZED) {
        throw new PlatformException(
            Kind.REFUSED,
            "Discord does not know the token: get a new one in Developer Portal → Bot → Reset"
                + " Token");
      }
      if (response.code() >= SERVER_ERROR || response.code() == TOO_MANY) {
        throw new PlatformException(Kind.UNREACHABLE, "Discord answers " + response.code());
      }
      if (!response.isSuccessful()) {
        throw new PlatformException(Kind.REFUSED, "Discord answers " + response.code());
      }
      return new ObjectMapper().readTree(response.body().byteStream());
    } catch (IOException e) {
      throw new PlatformException(
          Kind.UNREACHABLE, Duration.ZERO, String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether the bot sees messages that are not for it. */
  boolean seesMessages() {
    return (flags & (MESSAGE_CONTENT | MESSAGE_CONTENT_LIMITED)) != 0;
  }

  /** Where somebody who manages a server adds the bot to it. */
  String invitation() {
    return "https://discord.com/oauth2/authorize?client_id="
        + id
        + "&scope=bot+applications.commands&permissions="
        + RIGHTS;
  }
}
