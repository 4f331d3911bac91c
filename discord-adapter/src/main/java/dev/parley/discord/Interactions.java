package dev.parley.discord;

import dev.parley.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Commands whose answer is still to come, also after a restart. Thread-safe.
 *
 * @see <a
 *     href="https://discord.com/developers/docs/interactions/receiving-and-responding">Receiving
 *     and responding to interactions</a>
 */
final class Interactions {
  /** Before an interaction's number, where the core keeps it as a question's id. */
  private static final String PREFIX = "interaction-";

  private static final Duration KEPT = Duration.ofHours(1);

  private final Database database;
  private final InstantSource clock;

  Interactions(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * One that is answered.
   *
   * @param id under which the core knows it
   * @param absent whether the bot itself is not where it was
   * @param quiet whether only who used the command sees the answer
   */
  record Open(String id, String token, boolean absent, boolean quiet, Instant begun) {
    /** Whether the answer can be reached by the interaction alone. */
    boolean isAlone() {
      return absent || quiet;
    }

    /** Never shown. */
    @Override
    public String toString() {
      return "an interaction of " + begun;
    }
  }

  static String eventId(long interaction) {
    return PREFIX + Long.toUnsignedString(interaction);
  }

  static boolean isOne(String question) {
    return question.startsWith(PREFIX);
  }

  /**
   * Remembers one. What is known already goes on with the token of whatever was pressed under its
   * answer, which lives longer.
   */
  void begin(String eventId, String token, boolean absent, boolean quiet) {
    database.update(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO interaction (platform, id, token, absent, quiet, begun_at)
                  VALUES (:platform, :id, :token, :absent, :quiet, :now)
                  ON CONFLICT DO UPDATE SET token = excluded.token, begun_at = excluded.begun_at
                  """)
              .bind("platform", DiscordPlatform.NAME)
              .bind("id", eventId)
              .bind("token", token)
              .bind("absent", absent)
              .bind("quiet", quiet)
              .bind("now", clock.millis())
              .execute();
          handle
              .createUpdate(
                  "DELETE FROM interaction WHERE platform = :platform AND begun_at < :before")
              .bind("platform", DiscordPlatform.NAME)
              .bind("before", clock.instant().minus(KEPT).toEpochMilli())
              .execute();
        });
  }

  Optional<Open> find(String eventId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT token, absent, quiet, begun_at FROM interaction
                    WHERE platform = :platform AND id = :id
                    """)
                .bind("platform", DiscordPlatform.NAME)
                .bind("id", eventId)
                .map(
                    (row, context) ->
                        new Open(
                            eventId,
                            row.getString("token"),
                            row.getBoolean("absent"),
                            row.getBoolean("quiet"),
                            Instant.ofEpochMilli(row.getLong("begun_at"))))
                .findOne());
  }
}
