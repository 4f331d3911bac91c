package dev.parley.telegram;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach Telegram.
 *
 * @param token the bot's, from @BotFather; a secret
 * @param api the Bot API server, Telegram's own or another one
 * @param polling how long the server holds a request for updates while there are none
 */
public record TelegramOptions(String token, URI api, Duration polling) {
  /** Telegram's own server. */
  public static final URI OFFICIAL = URI.create("https://api.telegram.org");

  private static final Duration POLLING = Duration.ofSeconds(50);

  public TelegramOptions {
    if (!token.matches("[0-9]+:[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "The Telegram token is not of the form 123456:ABC…: copy it again from @BotFather.");
    }
  }

  public TelegramOptions(String token, URI api) {
    this(token, api, POLLING);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TelegramOptions[" + api + "]";
  }
}
