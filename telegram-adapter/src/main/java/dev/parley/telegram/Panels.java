package dev.parley.telegram;

import dev.parley.platform.Arrivals;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlatformException;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Whose buttons stand under which answer to a command. Thread-safe. */
final class Panels {
  private static final Duration KEPT = Duration.ofDays(60);

  private final Database database;
  private final InstantSource clock;
  private final Arrivals<Chat> arriving = new Arrivals<>();

  Panels(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Sends what puts a panel into a chat. */
  interface Posting {
    int post() throws PlatformException;
  }

  /** Posts a panel and remembers whose it is. */
  void post(Chat chat, PersonId person, Posting posting) throws PlatformException {
    try (var _ = arriving.begin(chat)) {
      add(chat, posting.post(), person);
    }
  }

  private void add(Chat chat, int message, PersonId person) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO panel (platform, chat, message, person, posted_at)
                  VALUES (:platform, :chat, :message, :person, :now) ON CONFLICT DO NOTHING
                  """)
              .bind("platform", TelegramPlatform.NAME)
              .bind("chat", chat.chatId())
              .bind("message", message)
              .bind("person", person.id())
              .bind("now", clock.millis())
              .execute();
          handle
              .createUpdate("DELETE FROM panel WHERE platform = :platform AND posted_at < :before")
              .bind("platform", TelegramPlatform.NAME)
              .bind("before", clock.instant().minus(KEPT).toEpochMilli())
              .execute();
        });
  }

  /** Whose it is; empty for messages that are no panel. */
  Optional<PersonId> owner(Chat chat, int message) {
    return arriving.find(chat::equals, () -> find(chat, message));
  }

  private Optional<PersonId> find(Chat chat, int message) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT person FROM panel
                    WHERE platform = :platform AND chat = :chat AND message = :message
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("chat", chat.chatId())
                .bind("message", message)
                .mapTo(String.class)
                .findOne()
                .map(id -> new PersonId(TelegramPlatform.NAME, id)));
  }
}
