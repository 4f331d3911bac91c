package dev.parley.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the manual says of a message and no type does: lengths, entities, data of buttons. */
final class MessageRules {
  private MessageRules() {}

  /** What is wrong with a message that is to be sent or edited. */
  static Optional<String> fault(JsonNode call) {
    String text = call.get("text").asText();
    if (text.isBlank() || !trimmed(text, call.path("entities").path(0)).equals(text)) {
      return Optional.of("text is empty or has white space around it");
    }
    if (text.length() > 4_096) {
      return Optional.of("message is too long");
    }
    List<JsonNode> code = new ArrayList<>();
    for (JsonNode entity : call.path("entities")) {
      int start = entity.get("offset").asInt();
      int end = start + entity.get("length").asInt();
      if (start < 0 || end <= start || end > text.length()) {
        return Optional.of("entity beyond the text: " + entity);
      }
      if (Character.isLowSurrogate(text.charAt(start))
          || (end < text.length() && Character.isLowSurrogate(text.charAt(end)))) {
        return Optional.of("entity cuts a character: " + entity);
      }
      boolean isCode = List.of("code", "pre").contains(entity.get("type").asText());
      for (JsonNode other : code) {
        int from = other.get("offset").asInt();
        if (start < from + other.get("length").asInt() && end > from) {
          return Optional.of("entity within code: " + entity);
        }
      }
      if (isCode) {
        code.add(entity);
      }
    }
    for (JsonNode row : call.path("reply_markup").path("inline_keyboard")) {
      for (JsonNode button : row) {
        int bytes = button.path("callback_data").asText().getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > 64) {
          return Optional.of("BUTTON_DATA_INVALID");
        }
      }
    }
    return Optional.empty();
  }

  /** Telegram itself takes white space away, at the beginning only before the first entity. */
  private static String trimmed(String text, JsonNode firstEntity) {
    return firstEntity.path("offset").asInt(1) == 0 ? text.stripTrailing() : text.strip();
  }
}
