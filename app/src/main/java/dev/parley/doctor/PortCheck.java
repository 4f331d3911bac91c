package dev.parley.doctor;

import dev.parley.configuration.Configuration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Whether the bot can listen where it is told to. */
public final class PortCheck {
  private PortCheck() {}

  /** Tries each port, while no Parley runs: that would hold them rightly. */
  public static List<Diagnosis> of(Configuration configuration) {
    List<Diagnosis> found = new ArrayList<>();
    configuration
        .watch()
        .port()
        .ifPresent(port -> found.add(listen(configuration.watch().host(), port, "watch.")));
    Configuration.Telegram telegram = configuration.telegram();
    telegram
        .webhook()
        .filter(webhook -> telegram.token().isPresent())
        .ifPresent(
            webhook -> found.add(listen(webhook.host(), webhook.port(), "telegram.webhook-")));
    return found;
  }

  /**
   * Tries one.
   *
   * @param keys what the keys of both begin with
   */
  private static Diagnosis listen(String host, int port, String keys) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return Diagnosis.good("%s:%d is free (%sport)".formatted(host, port, keys));
    } catch (IOException e) {
      return Diagnosis.problem(
          "nothing can listen on %s:%d (%s): choose another %shost or %sport."
              .formatted(host, port, e.getMessage(), keys, keys));
    }
  }
}
