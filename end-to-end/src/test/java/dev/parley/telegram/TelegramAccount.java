package dev.parley.telegram;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** A bot as Telegram has it, and what its owner and others do to it. */
public final class TelegramAccount implements AutoCloseable {
  private final BotApiServer server;

  /** One that reads everything in groups, and has an update waiting. */
  public TelegramAccount() throws Exception {
    server = new BotApiServer(InstantSource.system());
    server.readsAllInGroups(true);
    new Member(server, 1, "Ada", "en", 1).says("Hello");
  }

  /** What a program is told to reach it. */
  public Map<String, String> environment() {
    return server.environment();
  }

  public void turnsPrivacyModeOn() {
    server.readsAllInGroups(false);
  }

  /** Somebody sets a webhook; an error is what came of the last delivery. */
  public void setsWebhook(String url, String lastError) {
    server.setWebhook(url, lastError);
  }

  /** Another program asks for updates with the same token. */
  public void isAskedByAnotherProgram() {
    server.deny("getUpdates", 1, 409, "Conflict: terminated by other getUpdates request");
  }

  public void clockShows(Instant time) {
    server.clockShows(time);
  }

  @Override
  public void close() {
    server.close();
  }
}
