package dev.parley.server;

import dev.parley.configuration.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may ask: whoever shows the key. Where there is none, everybody on this machine, but not the
 * pages that their browsers show: those come with their own server's name (DNS rebinding), or ask
 * the browser for leave to send JSON, which it does not get here.
 *
 * @param key what requests must show; empty lets in all who reach the port
 */
record Access(Optional<Secret> key) {
  private static final String BEARER = "Bearer ";
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

  void check(Call call) throws Refusal {
    if (key.isPresent()) {
      checkKey(call.header("Authorization").orElse(""), key.get());
    } else if (!call.header("Host").map(Access::isThisMachine).orElse(true)) {
      throw Refusal.wrongHost();
    }
  }

  /** In the same time whatever is wrong, so that nobody finds the key letter by letter. */
  private static void checkKey(String given, Secret key) throws Refusal {
    if (!given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Refusal.wrongKey("This server wants a key: send Authorization: Bearer and the key.");
    }
    if (!MessageDigest.isEqual(
        given.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8),
        key.value().getBytes(StandardCharsets.UTF_8))) {
      throw Refusal.wrongKey("Incorrect API key provided.");
    }
  }

  private static boolean isThisMachine(String hostAndPort) {
    try {
      String host = new URI("http://" + hostAndPort).getHost();
      return host != null
          && (host.equalsIgnoreCase("localhost")
              || (ADDRESS.matcher(host).matches() // no name, which would be looked up
                  && InetAddress.getByName(host).isLoopbackAddress()));
    } catch (URISyntaxException | UnknownHostException e) {
      return false;
    }
  }
}
