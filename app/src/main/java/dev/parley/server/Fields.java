package dev.parley.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a request's JSON, checked as they are read: a mistake is named with its field. A
 * field that is null is not there. Immutable.
 */
final class Fields {
  private static final int DEEPEST = 64;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  static Fields parse(byte[] body) throws Refusal {
    JsonNode read;
    try {
      // Jackson would take UTF-16 and 32 as well, and what is not quite UTF-8
      read =
          JSON.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw Refusal.malformed("The body is not UTF-8.");
    } catch (JsonProcessingException e) { // its message would quote the body
      throw Refusal.malformed("The body is not JSON, or nests too deep.");
    }
    if (!read.isObject()) {
      throw Refusal.malformed("The body must be a JSON object.");
    }
    return new Fields(read);
  }

  /** What is there; empty where it is not, or null. */
  Optional<JsonNode> any(String name) {
    return Optional.of(object.path(name)).filter(node -> !node.isMissingNode() && !node.isNull());
  }

  Optional<String> text(String name) throws Refusal {
    Optional<JsonNode> node = any(name);
    if (node.isPresent() && !node.get().isTextual()) {
      throw Refusal.wrong(name, "must be a string");
    }
    return node.map(JsonNode::textValue);
  }

  boolean flag(String name) throws Refusal {
    Optional<JsonNode> node = any(name);
    if (node.isPresent() && !node.get().isBoolean()) {
      throw Refusal.wrong(name, "must be true or false");
    }
    return node.map(JsonNode::booleanValue).orElse(false);
  }

  /** A flag within an object. */
  boolean flag(String name, String inner) throws Refusal {
    Optional<JsonNode> node = any(name);
    if (node.isPresent() && !node.get().isObject()) {
      throw Refusal.wrong(name, "must be an object");
    }
    return node.isPresent() && new Fields(node.get()).flag(inner);
  }

  Optional<Long> whole(String name, long least, long most) throws Refusal {
    Optional<JsonNode> node = any(name);
    if (node.isPresent()) {
      JsonNode number = node.get();
      boolean whole = number.isNumber() && number.canConvertToExactIntegral();
      if (!whole
          || !number.canConvertToLong()
          || number.longValue() < least
          || number.longValue() > most) {
        throw Refusal.wrong(name, "must be a whole number from " + least + " to " + most);
      }
    }
    return node.map(JsonNode::longValue);
  }

  Optional<Double> decimal(String name, double least, double most) throws Refusal {
    Optional<JsonNode> node = any(name);
    if (node.isPresent()) {
      double number = node.get().isNumber() ? node.get().doubleValue() : Double.NaN;
      if (!(number >= least && number <= most)) {
        throw Refusal.wrong(
            name, "must be a number from %s to %s".formatted(shown(least), shown(most)));
      }
    }
    return node.map(JsonNode::doubleValue);
  }

  /** A string, or a list of strings. */
  List<String> texts(String name) throws Refusal {
    Optional<JsonNode> node = any(name);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get().isTextual()) {
      return List.of(node.get().textValue());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : list(name)) {
      if (!each.isTextual()) {
        throw Refusal.wrong(name, "must be a string or a list of strings");
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  JsonNode list(String name) throws Refusal {
    Optional<JsonNode> node = any(name);
    if (node.isEmpty() || !node.get().isArray()) {
      throw Refusal.wrong(name, "must be a list");
    }
    return node.get();
  }

  private static String shown(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
