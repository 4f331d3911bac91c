package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.Secret;
import dev.parley.telegram.TelegramOptions;
import dev.parley.telegram.WebhookOptions;
import java.net.InetSocketAddress;
import java.net.URI;

/** The way to Telegram as the operator configured it. */
final class TelegramWiring {
  private TelegramWiring() {}

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException with a sentence, where the token cannot be one
   */
  static TelegramOptions options(Configuration.Telegram telegram, Secret token) {
    return new TelegramOptions(
        token.value(),
        telegram.api(),
        telegram.proxy().map(proxy -> URI.create(proxy.value())),
        telegram
            .webhook()
            .map(
                webhook ->
                    WebhookOptions.of(
                        webhook.url(),
                        new InetSocketAddress(webhook.host(), webhook.port()),
                        webhook.secret().map(Secret::value))),
        telegram.drafts());
  }
}
