package dev.parley.telegram;

import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Messages on their way out, so that none is sent twice. Thread-safe. */
final class Posts {
  private static final Duration KEPT = Duration.ofDays(2);

  /** As many as a start can read without anybody noticing. */
  private static final int MOST_NEWEST = 10_000;

  private final Database database;
  private final InstantSource clock;

  /**
   * A message on its way.
   *
   * @param after the newest message that was known before the first try
   * @param message its id, once it is known to have arrived
   */
  record Post(int after, Optional<Integer> message) {}

  Posts(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Optional<Post> find(String nonce) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT after_id, message FROM outgoing_post
                    WHERE platform = :platform AND nonce = :nonce
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("nonce", nonce)
                .map(
                    (row, context) ->
                        new Post(
                            row.getInt("after_id"),
                            Optional.ofNullable((Integer) row.getObject("message"))))
                .findOne());
  }

  /** It is about to be sent for the first time; what nobody tries again any more is forgotten. */
  void begin(String nonce, Chat chat, int after) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO outgoing_post (platform, nonce, chat, after_id, posted_at)
                  VALUES (:platform, :nonce, :chat, :after, :now) ON CONFLICT DO NOTHING
                  """)
              .bind("platform", TelegramPlatform.NAME)
              .bind("nonce", nonce)
              .bind("chat", chat.chatId())
              .bind("after", after)
              .bind("now", clock.millis())
              .execute();
          handle
              .createUpdate(
                  "DELETE FROM outgoing_post WHERE platform = :platform AND posted_at < :before")
              .bind("platform", TelegramPlatform.NAME)
              .bind("before", clock.instant().minus(KEPT).toEpochMilli())
              .execute();
        });
  }

  void arrived(String nonce, int message) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE outgoing_post SET message = :message
                    WHERE platform = :platform AND nonce = :nonce
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("nonce", nonce)
                .bind("message", message)
                .execute());
  }

  /** A message with its number. */
  record Numbered(Chat chat, int message) {}

  /** Newest messages of people and of Parley itself, as far as the database knows them. */
  List<Numbered> newest() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT chat, message FROM outgoing_post
                    WHERE platform = :platform AND message IS NOT NULL
                    UNION
                    SELECT place, id FROM (
                      SELECT place, id FROM platform_message
                      WHERE platform = :platform ORDER BY message DESC LIMIT :most)
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("most", MOST_NEWEST)
                .map(
                    (row, context) ->
                        new Numbered(
                            Chat.of(new PlaceId(TelegramPlatform.NAME, row.getString(1))),
                            row.getInt(2)))
                .list());
  }

  /**
   * Chats that something was posted to lately, which may have used up what they may send at once.
   */
  List<Long> postedTo(Duration lately) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT chat FROM outgoing_post
                    WHERE platform = :platform AND posted_at > :since
                    """)
                .bind("platform", TelegramPlatform.NAME)
                .bind("since", clock.instant().minus(lately).toEpochMilli())
                .map((row, context) -> Long.valueOf(row.getString(1)))
                .list());
  }

  /** Nothing of it arrived: the next try is the first one. */
  void forget(String nonce) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM outgoing_post WHERE platform = :platform AND nonce = :nonce")
                .bind("platform", TelegramPlatform.NAME)
                .bind("nonce", nonce)
                .execute());
  }
}
