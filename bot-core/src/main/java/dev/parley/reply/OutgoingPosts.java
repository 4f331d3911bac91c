package dev.parley.reply;

import dev.parley.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Messages on their way to a platform, so that none is sent twice. Thread-safe. */
public final class OutgoingPosts {
  private static final Duration KEPT = Duration.ofDays(2);

  private final String platform;
  private final Database database;
  private final InstantSource clock;

  public OutgoingPosts(String platform, Database database, InstantSource clock) {
    this.platform = platform;
    this.database = database;
    this.clock = clock;
  }

  /**
   * A message on its way.
   *
   * @param after the newest message that was known before the first try
   * @param message its id, once it is known to have arrived
   * @param begun when it was tried first
   */
  public record Post(long after, Optional<Long> message, Instant begun) {}

  public Optional<Post> find(String nonce) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT after_id, message, posted_at FROM outgoing_post
                    WHERE platform = :platform AND nonce = :nonce
                    """)
                .bind("platform", platform)
                .bind("nonce", nonce)
                .map(
                    (row, context) ->
                        new Post(
                            row.getLong("after_id"),
                            Optional.ofNullable(row.getString("message")).map(Long::valueOf),
                            Instant.ofEpochMilli(row.getLong("posted_at"))))
                .findOne());
  }

  /** It is about to be sent for the first time; what nobody tries again any more is forgotten. */
  public void begin(String nonce, String chat, long after) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO outgoing_post (platform, nonce, chat, after_id, posted_at)
                  VALUES (:platform, :nonce, :chat, :after, :now) ON CONFLICT DO NOTHING
                  """)
              .bind("platform", platform)
              .bind("nonce", nonce)
              .bind("chat", chat)
              .bind("after", after)
              .bind("now", clock.millis())
              .execute();
          handle
              .createUpdate(
                  "DELETE FROM outgoing_post WHERE platform = :platform AND posted_at < :before")
              .bind("platform", platform)
              .bind("before", clock.instant().minus(KEPT).toEpochMilli())
              .execute();
        });
  }

  public void arrived(String nonce, long message) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE outgoing_post SET message = :message
                    WHERE platform = :platform AND nonce = :nonce
                    """)
                .bind("platform", platform)
                .bind("nonce", nonce)
                .bind("message", message)
                .execute());
  }

  /** Nothing of it arrived: the next try is the first one. */
  public void forget(String nonce) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM outgoing_post WHERE platform = :platform AND nonce = :nonce")
                .bind("platform", platform)
                .bind("nonce", nonce)
                .execute());
  }

  /** Whether a message of the platform is known as one that was sent this way. */
  public boolean knows(long message) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT 1 FROM outgoing_post
                    WHERE platform = :platform AND message = :message LIMIT 1
                    """)
                .bind("platform", platform)
                .bind("message", message)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }
}
