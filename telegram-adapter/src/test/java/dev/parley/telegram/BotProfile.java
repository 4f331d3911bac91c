package dev.parley.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What people see of a bot before they write: its commands, its name and its descriptions. */
final class BotProfile {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, JsonNode> commands = new HashMap<>();
  private final Map<String, String> introductions = new HashMap<>();

  /** Lists of commands, by scope and language. */
  Map<String, JsonNode> commands() {
    return Map.copyOf(commands);
  }

  /** A field followed by its language. */
  String introduction(String field) {
    return introductions.getOrDefault(field, "");
  }

  /** The result of a call that is about it. */
  Optional<JsonNode> answer(String method, JsonNode call) {
    return switch (method) {
      case "getChatMenuButton" -> Optional.of(JSON.objectNode().put("type", "commands"));
      case "getMyCommands" -> Optional.of(commands.getOrDefault(menu(call), JSON.arrayNode()));
      case "setMyCommands" -> {
        commands.put(menu(call), call.get("commands"));
        yield Optional.empty();
      }
      case "getMyName", "getMyDescription", "getMyShortDescription" ->
          Optional.of(introduction(field(method), call.path("language_code").asText()));
      case "setMyName", "setMyDescription", "setMyShortDescription" -> {
        String field = field(method);
        introductions.put(field + call.path("language_code").asText(), call.path(field).asText());
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** A language without its own has those for all. */
  private JsonNode introduction(String field, String language) {
    String forAll = introductions.getOrDefault(field, field.equals("name") ? "Parley" : "");
    return JSON.objectNode().put(field, introductions.getOrDefault(field + language, forAll));
  }

  private static String field(String method) {
    return switch (method.substring("getMy".length())) {
      case "Name" -> "name";
      case "Description" -> "description";
      default -> "short_description";
    };
  }

  /** As in "all_group_chats zh". */
  private static String menu(JsonNode call) {
    return (call.path("scope").path("type").asText("default")
            + " "
            + call.path("language_code").asText())
        .strip();
  }
}
