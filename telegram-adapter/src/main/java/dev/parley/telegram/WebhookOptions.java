package dev.parley.telegram;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Where Telegram delivers updates.
 *
 * @param url the public https address, where a proxy ends TLS and passes the path on as it is
 * @param listen where that proxy finds Parley
 * @param secret what shows that a request is Telegram's
 */
public record WebhookOptions(URI url, InetSocketAddress listen, String secret) {
  private static final int SECRET_BYTES = 32;

  /** With a secret of its own where none is given: Telegram is told at every start. */
  public static WebhookOptions of(URI url, InetSocketAddress listen, Optional<String> secret) {
    return new WebhookOptions(url, listen, secret.orElseGet(WebhookOptions::newSecret));
  }

  private static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WebhookOptions[" + url + " at " + listen + "]";
  }
}
