package dev.parley.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.platform.PersonId;
import dev.parley.storage.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;

/**
 * All that is kept of a person, for that person: {@code parley.json} for programs, and a Markdown
 * file of each conversation. Of conversations that several have, their own questions alone and the
 * answers to them. Thread-safe.
 */
public final class PersonExport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Database database;
  private final String assistant;
  private final ZoneId zone;
  private final InstantSource clock;

  /** A column of a table, as the export names it. */
  private record Part(String name, String sql) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(
              "person",
              """
              SELECT platform, id, name, locale, first_seen AS first_seen_at FROM person
              WHERE platform = :platform AND id = :person
              """),
          new Part(
              "custom_instructions",
              """
              SELECT about, style, enabled, changed_at FROM custom_instructions
              WHERE platform = :platform AND person = :person
              """),
          new Part(
              "preferences",
              """
              SELECT key, value FROM setting
              WHERE scope = 'person' AND platform = :platform AND id = :person ORDER BY key
              """),
          new Part(
              "learning_consent",
              """
              SELECT given_at FROM learning_consent
              WHERE platform = :platform AND person = :person
              """),
          new Part(
              "ratings",
              """
              SELECT message, thumb, reason, comment, better, rated_at FROM rating
              WHERE platform = :platform AND person = :person ORDER BY rated_at, message
              """),
          new Part(
              "comparisons",
              """
              SELECT answer AS message, other, choice, offered_at, chosen_at FROM comparison
              WHERE platform = :platform AND person = :person ORDER BY id
              """),
          new Part(
              "usage",
              """
              SELECT u.day, p.name AS place, u.questions, u.answers, u.prompt_tokens,
                u.generated_tokens
              FROM usage u JOIN place p ON p.platform = u.platform AND p.id = u.place
              WHERE u.platform = :platform AND u.person = :person ORDER BY u.day, u.place
              """),
          new Part(
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
        m.id, m.parent, m.role, m.text, m.model_version, m.created_at, m.deleted,
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
    return database.read(handle -> zip(handle, person));
  }

  private byte[] zip(Handle handle, PersonId person) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("exported_at", clock.instant().toString());
    for (Part part : PARTS) {
      ArrayNode rows = all.putArray(part.name);
      rows(handle, part.sql, person).forEach(row -> rows.add(json(row)));
    }
    Map<Long, Conversation> conversations = conversations(handle, person);
    ArrayNode list = all.putArray("conversations");
    conversations.values().forEach(conversation -> list.add(conversation.json));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      put(zip, "parley.json", JSON.writeValueAsString(all));
      for (Map.Entry<Long, Conversation> each : conversations.entrySet()) {
        put(
            zip,
            "conversations/conversation-" + each.getKey() + ".md",
            each.getValue().markdown.toString());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("nodes of JSON are always written", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory: cannot happen
    }
    return bytes.toByteArray();
  }

  private record Conversation(ObjectNode json, ArrayNode messages, StringBuilder markdown) {}

  private Map<Long, Conversation> conversations(Handle handle, PersonId person) {
    Map<Long, Conversation> found = new LinkedHashMap<>();
    for (Map<String, Object> row : rows(handle, MESSAGES, person)) {
      long id = number(row, "conversation");
      Conversation conversation = found.computeIfAbsent(id, key -> begin(key, row));
      ObjectNode message = json(row);
      message.remove(List.of("conversation", "title", "place", "shared"));
      message.put("deleted", number(row, "deleted") != 0);
      conversation.messages.add(message);
      conversation.markdown.append(markdown(row));
    }
    return found;
  }

  private static Conversation begin(long id, Map<String, Object> row) {
    String title = text(row, "title");
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id).put("title", title);
    json.put("place", text(row, "place")).put("shared", number(row, "shared") != 0);
    String heading = title.isEmpty() ? "Conversation " + id : title.replaceAll("\\s+", " ");
    return new Conversation(
        json, json.putArray("messages"), new StringBuilder("# " + heading + "\n"));
  }

  private String markdown(Map<String, Object> row) {
    boolean answer = text(row, "role").equals("assistant");
    Instant at = Instant.ofEpochMilli(number(row, "created_at"));
    return "\n**%s** · %s%s\n\n%s\n"
        .formatted(
            answer ? assistant : "Me",
            TIME.format(at.atZone(zone)),
            number(row, "deleted") != 0 ? " · deleted" : "",
            text(row, "text").strip());
  }

  private static List<Map<String, Object>> rows(Handle handle, String sql, PersonId person) {
    return handle
        .createQuery(sql)
        .bind("platform", person.platform())
        .bind("person", person.id())
        .mapToMap()
        .list();
  }

  /** Columns that end in {@code _at} are times. */
  private static ObjectNode json(Map<String, Object> row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    row.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            if (name.endsWith("_at")) {
              json.put(name, Instant.ofEpochMilli(number.longValue()).toString());
            } else {
              json.put(name, number.longValue());
            }
          } else if (value != null) {
            json.put(name, value.toString());
          }
        });
    return json;
  }

  private static String text(Map<String, Object> row, String name) {
    Object value = row.get(name);
    return value == null ? "" : value.toString();
  }

  private static long number(Map<String, Object> row, String name) {
    return row.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
