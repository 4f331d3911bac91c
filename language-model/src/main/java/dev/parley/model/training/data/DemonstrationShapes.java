package dev.parley.model.training.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/** The shapes of rows that demonstrations come in. */
final class DemonstrationShapes {
  private static final List<String> ANSWER = List.of("output", "response", "completion", "answer");
  private static final List<String> INSTANCES = List.of("instances");
  private static final List<String> LABEL = List.of("label");
  private static final List<String> PROMPT = List.of("prompt");
  private static final List<String> COMPLETION = List.of("completion");

  private DemonstrationShapes() {}

  static List<Demonstration> read(JsonRow row, String id) {
    if (row.find(LABEL).map(label -> label.isBoolean() && !label.asBoolean()).orElse(false)) {
      throw new RowException("expected an answer to learn from, found one with the label false");
    }
    if (row.has(Conversations.LISTS)) {
      return List.of(new Demonstration(id, Conversations.ofList(row)));
    }
    if (row.has(INSTANCES)) {
      return ofInstances(row, id);
    }
    if (row.find(PROMPT).map(JsonNode::isArray).orElse(false)) {
      return List.of(ofLists(row, id));
    }
    if (row.has(Conversations.QUESTION)) {
      return List.of(answered(row, row, id));
    }
    throw row.missing(List.of("messages", "conversations", "instruction"));
  }

  /** Self-Instruct: one instruction, several inputs with an output each. */
  private static List<Demonstration> ofInstances(JsonRow row, String id) {
    List<Demonstration> all = new ArrayList<>();
    for (JsonNode instance : row.list(INSTANCES)) {
      String own = all.isEmpty() ? id : id + " (" + (all.size() + 1) + ")";
      all.add(answered(row, JsonRow.of("an instance", instance), own));
    }
    return all;
  }

  /** TRL: prompt and completion as lists of messages. */
  private static Demonstration ofLists(JsonRow row, String id) {
    List<ChatMessage> messages = new ArrayList<>();
    for (List<String> part : List.of(PROMPT, COMPLETION)) {
      messages.addAll(Conversations.ofList(part.getFirst(), row.list(part)));
    }
    return new Demonstration(id, messages);
  }

  private static Demonstration answered(JsonRow row, JsonRow instance, String id) {
    List<ChatMessage> messages = Conversations.ofInstruction(row, instance);
    messages.add(ChatMessage.assistant(instance.requireText(ANSWER)));
    return new Demonstration(id, messages);
  }
}
