package dev.parley.discord;

import dev.parley.platform.Platform;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** People on Discord, each with their private messages. */
public final class DiscordSide implements AutoCloseable {
  private final DiscordServer server = new DiscordServer();
  private final Map<Integer, Guest> people = new HashMap<>();

  public DiscordSide() throws Exception {
    server.buckets().window(0.05);
  }

  public Platform connect(Database database) throws Exception {
    return DiscordPlatform.connect(server.options(), database, InstantSource.system());
  }

  /** Whether it hears what people say. */
  public boolean isConnected() {
    return server.gateway().isConnected();
  }

  /** Somebody says something in private. */
  public void says(int person, String text) {
    guest(person).says(text);
  }

  private Guest guest(int person) {
    return people.computeIfAbsent(
        person, id -> Guest.inPrivate(server, 1_000 + id, "Person " + id, "en-US"));
  }

  /** Texts of the answers that a person has, as far as they are whole. */
  public List<String> answers(int person) {
    return server.ofBot(guest(person).channel()).stream()
        .filter(shown -> shown.buttons().contains("↻"))
        .map(Shown::text)
        .toList();
  }

  public List<String> wrongCalls() {
    return server.wrongCalls();
  }

  @Override
  public void close() {
    server.close();
  }
}
