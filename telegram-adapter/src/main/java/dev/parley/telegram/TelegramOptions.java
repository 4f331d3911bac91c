package dev.parley.telegram;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach Telegram.
 *
 * @param token the bot's, from @BotFather; a secret
 * @param api the Bot API server, Telegram's own or another one
 * @param polling how long the server holds a request for updates while there are none
 * @param proxy the way there, {@code http://[user:password@]host:port} or {@code
 *     socks5://host:port}; may hold a secret
 * @param webhook how updates come; empty asks for them
 * @param drafts whether answers in private chats grow as drafts, which have no buttons
 */
public record TelegramOptions(
    String token,
    URI api,
    Duration polling,
    Optional<URI> proxy,
    Optional<WebhookOptions> webhook,
    boolean drafts) {
  private static final Duration POLLING = Duration.ofSeconds(50);

  public TelegramOptions {
    if (!token.matches("[0-9]+:[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "The Telegram token is not of the form 123456:ABC…: copy it again from @BotFather.");
    }
  }

  /** Polling, as long as is usual. */
  public TelegramOptions(
      String token,
      URI api,
      Optional<URI> proxy,
      Optional<WebhookOptions> webhook,
      boolean drafts) {
    this(token, api, POLLING, proxy, webhook, drafts);
  }

  /** Without drafts. */
  TelegramOptions(String token, URI api, Optional<URI> proxy, Optional<WebhookOptions> webhook) {
    this(token, api, proxy, webhook, false);
  }

  /** Polling, without a proxy. */
  TelegramOptions(String token, URI api, Duration polling) {
    this(token, api, polling, Optional.empty(), Optional.empty(), false);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "TelegramOptions[" + api + "]";
  }
}
