package dev.parley.privacy;

import dev.parley.platform.PersonId;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * All that is kept of a person, for that person: {@code parley.json} for programs, and a Markdown
 * file of each conversation. Of conversations that several have, their own questions alone and the
 * answers to them. Thread-safe.
 */
public final class PersonExport {
  private final Database database;
  private final String assistant;
  private final ZoneId zone;
  private final InstantSource clock;

  private static final List<Archive.Part> PARTS =
      List.of(
          new Archive.Part(
              "person",
              """
              SELECT platform, id, name, locale, first_seen AS first_seen_at FROM person
              WHERE platform = :platform AND id = :person
              """),
          new Archive.Part(
              "custom_instructions",
              """
              SELECT about, style, enabled, changed_at FROM custom_instructions
              WHERE platform = :platform AND person = :person
              """),
          new Archive.Part(
              "preferences",
              """
              SELECT key, value FROM setting
              WHERE scope = 'person' AND platform = :platform AND id = :person ORDER BY key
              """),
          new Archive.Part(
              "learning_consent",
              """
              SELECT given_at FROM learning_consent
              WHERE platform = :platform AND person = :person
              """),
          new Archive.Part(
              "ratings",
              """
              SELECT message, thumb, reason, comment, better, rated_at FROM rating
              WHERE platform = :platform AND person = :person ORDER BY rated_at, message
              """),
          new Archive.Part(
              "comparisons",
              """
              SELECT answer AS message, other, choice, offered_at, chosen_at FROM comparison
              WHERE platform = :platform AND person = :person ORDER BY id
              """),
          new Archive.Part(
              "moderation",
              """
              SELECT p.name AS place, c.side, c.finding, c.blocked, c.text, c.created_at, c.appealed,
                c.released
              FROM moderation_case c JOIN place p ON p.platform = c.platform AND p.id = c.place
              WHERE c.platform = :platform AND c.person = :person ORDER BY c.id
              """),
          new Archive.Part(
              "usage",
              """
              SELECT u.day, p.name AS place, u.questions, u.answers, u.prompt_tokens,
                u.generated_tokens
              FROM usage u JOIN place p ON p.platform = u.platform AND p.id = u.place
              WHERE u.platform = :platform AND u.person = :person ORDER BY u.day, u.place
              """),
          new Archive.Part(
              "blocked_in",
              """
              SELECT p.name AS place, b.blocked_at
              FROM blocked b JOIN place p ON p.platform = b.platform AND p.id = b.place
              WHERE b.platform = :platform AND b.person = :person ORDER BY b.blocked_at
              """));

  /** Questions of the person and what they were answered, in their order. */
  private static final String MESSAGES =
      """
      WITH own (id) AS (
        SELECT id FROM message
        WHERE author_platform = :platform AND author = :person AND text <> ''
        UNION
        SELECT answer.id FROM message question JOIN message answer ON answer.parent = question.id
        WHERE question.author_platform = :platform AND question.author = :person
          AND answer.role = 'assistant' AND answer.text <> '')
      SELECT c.id AS conversation, c.title, p.name AS place, c.person IS NULL AS shared,
        'Me' AS speaker, m.id, m.parent, m.role, m.text, m.model_version, m.created_at, m.deleted,
        t.text AS thought
      FROM own JOIN message m ON m.id = own.id
        JOIN conversation c ON c.id = m.conversation
        JOIN place p ON p.platform = c.platform AND p.id = c.place
        LEFT JOIN thought t ON t.message = m.id
      ORDER BY c.id, m.id
      """;

  /**
   * @param assistant what the assistant is called
   * @param zone of the times in texts for people
   */
  public PersonExport(Database database, String assistant, ZoneId zone, InstantSource clock) {
    this.database = database;
    this.assistant = assistant;
    this.zone = zone;
    this.clock = clock;
  }

  /** A zip file; the person must be known. */
  public byte[] of(PersonId person) {
    Map<String, String> values = Map.of("platform", person.platform(), "person", person.id());
    return database.read(
        handle -> {
          Archive archive = new Archive(handle, values, assistant, zone, clock.instant());
          PARTS.forEach(archive::add);
          archive.addMessages(MESSAGES);
          return archive.zip();
        });
  }
}
