package dev.parley.privacy;

import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a group, for those who manage it: its settings, who is blocked, what was used by
 * day, and the conversations that everyone there shares. Settings and blocks are those that hold
 * there: also of what it lies in, as a channel does in a server. What people have to themselves is
 * not in it, nor who rated what. Thread-safe.
 */
public final class PlaceExport {
  private final Database database;
  private final String assistant;
  private final ZoneId zone;
  private final InstantSource clock;

  /**
   * How much is kept of a place.
   *
   * @param messages in all conversations there, questions and answers
   * @param shared how many of them are in conversations that everyone shares
   */
  public record Counts(int messages, int shared) {}

  /** The place and what it lies in. */
  private static final String AROUND =
      """
      WITH RECURSIVE around (id) AS (
        SELECT :place
        UNION
        SELECT p.parent FROM around JOIN place p ON p.platform = :platform AND p.id = around.id
        WHERE p.parent IS NOT NULL)
      """;

  private static final List<Archive.Part> PARTS =
      List.of(
          new Archive.Part(
              "place",
              """
              SELECT platform, id, kind, name, first_seen AS first_seen_at FROM place
              WHERE platform = :platform AND id = :place
              """),
          new Archive.Part(
              "settings",
              AROUND
                  + """
                  SELECT s.id AS place, s.key, s.value
                  FROM around JOIN setting s
                    ON s.scope = 'place' AND s.platform = :platform AND s.id = around.id
                  ORDER BY s.id <> :place, s.id, s.key
                  """),
          new Archive.Part(
              "blocked",
              AROUND
                  + """
                  SELECT b.place, b.person, p.name, b.blocked_at
                  FROM around JOIN blocked b ON b.platform = :platform AND b.place = around.id
                    JOIN person p ON p.platform = b.platform AND p.id = b.person
                  ORDER BY b.blocked_at
                  """),
          new Archive.Part(
              "usage",
              """
              SELECT day, count(*) AS people, sum(questions) AS questions, sum(answers) AS answers,
                sum(prompt_tokens) AS prompt_tokens, sum(generated_tokens) AS generated_tokens
              FROM usage WHERE platform = :platform AND place = :place GROUP BY day ORDER BY day
              """));

  private static final String MESSAGES =
      """
      SELECT c.id AS conversation, c.title, p.name AS place, TRUE AS shared,
        m.author_name AS speaker, m.id, m.parent, m.role, m.text, m.model_version, m.created_at,
        m.deleted
      FROM conversation c JOIN message m ON m.conversation = c.id
        JOIN place p ON p.platform = c.platform AND p.id = c.place
      WHERE c.platform = :platform AND c.place = :place AND c.person IS NULL AND m.text <> ''
      ORDER BY c.id, m.id
      """;

  /**
   * @param assistant what the assistant is called
   * @param zone of the times in texts for people
   */
  public PlaceExport(Database database, String assistant, ZoneId zone, InstantSource clock) {
    this.database = database;
    this.assistant = assistant;
    this.zone = zone;
    this.clock = clock;
  }

  /** How much there is. */
  public Counts counts(PlaceId place) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) AS messages, coalesce(sum(c.person IS NULL), 0) AS shared
                    FROM conversation c JOIN message m ON m.conversation = c.id
                    WHERE c.platform = :platform AND c.place = :place AND m.text <> ''
                    """)
                .bindMap(values(place))
                .map((row, context) -> new Counts(row.getInt("messages"), row.getInt("shared")))
                .one());
  }

  /** A zip file. */
  public byte[] of(PlaceId place) {
    return database.read(
        handle -> {
          Archive archive = new Archive(handle, values(place), assistant, zone, clock.instant());
          PARTS.forEach(archive::add);
          archive.addMessages(MESSAGES);
          return archive.zip();
        });
  }

  private static Map<String, String> values(PlaceId place) {
    return Map.of("platform", place.platform(), "place", place.id());
  }
}
