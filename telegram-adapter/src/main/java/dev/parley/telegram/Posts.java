package dev.parley.telegram;

import dev.parley.platform.PlaceId;
import dev.parley.reply.OutgoingPosts;
import dev.parley.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Messages on their way out, so that none is sent twice. Thread-safe. */
final class Posts {
  /** As many as a start can read without anybody noticing. */
  private static final int MOST_NEWEST = 10_000;

  private final Database database;
  private final InstantSource clock;
  private final OutgoingPosts posts;

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
    posts = new OutgoingPosts(TelegramPlatform.NAME, database, clock);
  }

  Optional<Post> find(String nonce) {
    return posts
        .find(nonce)
        .map(post -> new Post((int) post.after(), post.message().map(Long::intValue)));
  }

  /** It is about to be sent for the first time. */
  void begin(String nonce, Chat chat, int after) {
    posts.begin(nonce, chat.chatId(), after);
  }

  void arrived(String nonce, int message) {
    posts.arrived(nonce, message);
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
    posts.forget(nonce);
  }
}
