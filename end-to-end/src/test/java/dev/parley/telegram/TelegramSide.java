package dev.parley.telegram;

import dev.parley.platform.Platform;
import dev.parley.storage.Database;
import java.util.List;

/** People on Telegram, each in a private chat. */
public final class TelegramSide implements AutoCloseable {
  private final FastTime time = new FastTime();
  private final BotApiServer server;

  public TelegramSide() throws Exception {
    server = new BotApiServer(time);
  }

  public Platform connect(Database database) throws Exception {
    return TelegramPlatform.connect(server.options(), database, time.timing());
  }

  /** Somebody says something in private. */
  public void says(int person, String text) {
    new Member(server, person, "Person " + person, "en", person).says(text);
  }

  /** Texts of the answers that a person has, as far as they are whole. */
  public List<String> answers(int person) {
    return server.ofBot(person).stream()
        .filter(shown -> shown.buttons().contains("↻"))
        .map(Chats.Shown::text)
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
