package dev.parley.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
 * A zip file of rows: {@code parley.json} for programs, and a Markdown file of each conversation.
 * Confined to one thread and transaction.
 */
final class Archive {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Handle handle;
  private final Map<String, String> values;
  private final String assistant;
  private final ZoneId zone;
  private final ObjectNode all = JsonNodeFactory.instance.objectNode();
  private final Map<Long, Conversation> conversations = new LinkedHashMap<>();

  /**
   * A table.
   *
   * @param name what it is called in the file
   * @param sql gives its rows; columns that end in {@code _at} are times
   */
  record Part(String name, String sql) {}

  private record Conversation(ObjectNode json, ArrayNode messages, StringBuilder markdown) {}

  /**
   * @param values of the names in all statements
   * @param assistant what the assistant is called
   * @param zone of the times in texts for people
   */
  Archive(
      Handle handle,
      Map<String, String> values,
      String assistant,
      ZoneId zone,
      Instant exportedAt) {
    this.handle = handle;
    this.values = values;
    this.assistant = assistant;
    this.zone = zone;
    all.put("exported_at", exportedAt.toString());
  }

  void add(Part part) {
    ArrayNode rows = all.putArray(part.name);
    rows(part.sql).forEach(row -> rows.add(json(row)));
  }

  /**
   * Adds messages by conversation.
   *
   * @param sql gives {@code conversation, title, place, shared} of each, {@code speaker}, which is
   *     of no account where it is an answer, and the columns of the message
   */
  void addMessages(String sql) {
    for (Map<String, Object> row : rows(sql)) {
      long id = number(row, "conversation");
      Conversation conversation = conversations.computeIfAbsent(id, key -> begin(key, row));
      ObjectNode message = json(row);
      message.remove(List.of("conversation", "title", "place", "shared"));
      message.put("deleted", number(row, "deleted") != 0);
      if (isAnswer(row)) {
        message.remove("speaker");
      }
      conversation.messages.add(message);
      conversation.markdown.append(markdown(row));
    }
  }

  byte[] zip() {
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

  private static Conversation begin(long id, Map<String, Object> row) {
    String title = text(row, "title");
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id).put("title", title);
    json.put("place", text(row, "place")).put("shared", number(row, "shared") != 0);
    String heading = title.isEmpty() ? "Conversation " + id : oneLine(title);
    return new Conversation(
        json, json.putArray("messages"), new StringBuilder("# " + heading + "\n"));
  }

  private String markdown(Map<String, Object> row) {
    Instant at = Instant.ofEpochMilli(number(row, "created_at"));
    return "\n**%s** · %s%s\n\n%s\n"
        .formatted(
            isAnswer(row) ? assistant : oneLine(text(row, "speaker")),
            TIME.format(at.atZone(zone)),
            number(row, "deleted") != 0 ? " · deleted" : "",
            text(row, "text").strip());
  }

  private static boolean isAnswer(Map<String, Object> row) {
    return text(row, "role").equals("assistant");
  }

  private List<Map<String, Object>> rows(String sql) {
    return handle.createQuery(sql).bindMap(values).mapToMap().list();
  }

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

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
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
