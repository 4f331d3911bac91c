package dev.parley.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Reads the messages of a chat. */
final class ChatMessages {
  private ChatMessages() {}

  static List<ChatMessage> read(Fields body) throws Refusal {
    JsonNode list = body.list("messages");
    if (list.isEmpty()) {
      throw Refusal.wrong("messages", "must hold at least one message");
    }
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode message : list) {
      messages.add(message(message, "messages[" + messages.size() + "]"));
    }
    return messages;
  }

  private static ChatMessage message(JsonNode message, String at) throws Refusal {
    Role role =
        switch (message.path("role").asText()) {
          case "system", "developer" -> Role.SYSTEM;
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          default ->
              throw Refusal.wrong(at + ".role", "must be system, developer, user or assistant");
        };
    for (String calls : new String[] {"tool_calls", "function_call"}) {
      if (!message.path(calls).isEmpty()) {
        throw Refusal.unsupported(at + "." + calls);
      }
    }
    return new ChatMessage(role, content(message.path("content"), at + ".content"));
  }

  private static String content(JsonNode content, String at) throws Refusal {
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray()) {
      throw Refusal.wrong(at, "must be a string or a list of text parts");
    }
    StringJoiner text = new StringJoiner("\n"); // as vLLM joins them
    for (int i = 0; i < content.size(); i++) {
      JsonNode part = content.get(i);
      String type = part.path("type").asText();
      if (!type.equals("text") || !part.path("text").isTextual()) {
        throw Refusal.wrong(
            at + "[" + i + "]",
            "must be {\"type\": \"text\", \"text\": …}: this model reads nothing else");
      }
      text.add(part.path("text").textValue());
    }
    return text.toString();
  }
}
