package dev.parley.learning;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.ChatMessage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Examples in the forms that trainers read, a line each: {@code messages} as OpenAI has them,
 * {@code chosen} and {@code rejected} or {@code label} as in TRL. {@code id} and {@code origin} are
 * Parley's own.
 */
final class Jsonl {
  private Jsonl() {}

  static String of(List<? extends Example> examples) {
    return examples.stream().map(example -> line(example) + "\n").collect(Collectors.joining());
  }

  private static String line(Example example) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", example.id())
            .put("origin", example.origin().key());
    ArrayNode messages = line.putArray("messages");
    for (ChatMessage message : example.messages()) {
      messages.addObject().put("role", message.role().wireName()).put("content", message.text());
    }
    switch (example) {
      case Demonstration _ -> {}
      case Preference preference ->
          line.put("chosen", preference.chosen()).put("rejected", preference.rejected());
      case RatedAnswer rated -> {
        line.put("label", rated.good());
        ArrayNode reasons = line.putArray("reasons");
        rated.reasons().forEach(reason -> reasons.add(reason.key()));
      }
    }
    return line.toString();
  }
}
