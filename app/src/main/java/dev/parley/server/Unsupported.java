package dev.parley.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Fields that would change the answer and cannot be had: better refused than left out in silence.
 * What asks for nothing, as clients send it out of habit, is let through.
 */
final class Unsupported {
  private static final Map<String, Predicate<JsonNode>> HARMLESS = new LinkedHashMap<>();

  static {
    for (String field : new String[] {"n", "best_of"}) {
      HARMLESS.put(field, node -> node.isNumber() && node.doubleValue() == 1);
    }
    for (String field : new String[] {"tool_choice", "function_call"}) {
      HARMLESS.put(field, node -> node.asText().equals("none") || node.asText().equals("auto"));
    }
    for (String field : new String[] {"logprobs", "prompt_logprobs"}) {
      HARMLESS.put(field, node -> node.isBoolean() && !node.booleanValue());
    }
    HARMLESS.put("response_format", node -> node.path("type").asText().equals("text"));
    HARMLESS.put("modalities", node -> node.size() == 1 && node.path(0).asText().equals("text"));
    for (String field :
        new String[] {
          "tools",
          "functions",
          "top_logprobs",
          "logit_bias",
          "presence_penalty",
          "audio",
          "web_search_options",
          "echo",
          "suffix",
          "min_tokens",
          "stop_token_ids",
          "structured_outputs",
          "guided_json",
          "guided_regex",
          "guided_choice",
          "guided_grammar",
          "grammar",
          "json_schema"
        }) {
      HARMLESS.put(field, Unsupported::isNothing);
    }
  }

  private Unsupported() {}

  static void check(Fields body) throws Refusal {
    for (Map.Entry<String, Predicate<JsonNode>> field : HARMLESS.entrySet()) {
      Optional<JsonNode> node = body.any(field.getKey());
      if (node.isPresent() && !field.getValue().test(node.get())) {
        throw Refusal.unsupported(field.getKey());
      }
    }
  }

  /** False, 0, and what is empty. */
  private static boolean isNothing(JsonNode node) {
    return switch (node.getNodeType()) {
      case BOOLEAN -> !node.booleanValue();
      case NUMBER -> node.doubleValue() == 0;
      case STRING -> node.textValue().isEmpty();
      default -> node.isEmpty();
    };
  }
}
