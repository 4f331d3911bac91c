package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Discord's description of its API, and what of a request does not fit it. Unlike JSON Schema it
 * takes no key that is not described. Immutable.
 */
final class Specification {
  private final JsonNode paths;
  private final JsonNode schemas;

  Specification() {
    try (InputStream file = Specification.class.getResourceAsStream("discord-api.json")) {
      JsonNode all = new ObjectMapper().readTree(file);
      paths = all.get("paths");
      schemas = all.get("schemas");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is wrong with a request's body.
   *
   * @param path as the description writes it, with its parameters in braces
   */
  Optional<String> fault(String method, String path, JsonNode body) {
    return fault(paths.path(path).path(method), body, "body");
  }

  private Optional<String> fault(JsonNode schema, JsonNode value, String where) {
    if (schema.has("$ref")) {
      String ref = schema.get("$ref").asText();
      if (ref.endsWith("/SnowflakeType") && value.isIntegralNumber()) {
        return Optional.empty(); // as JDA writes some, and Discord takes them
      }
      return fault(schemas.get(ref.substring(ref.lastIndexOf('/') + 1)), value, where);
    }
    for (String choice : Set.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        return oneOf(schema.get(choice), value, where);
      }
    }
    if (schema.has("allOf") && schema.get("allOf").size() == 1) {
      return fault(schema.get("allOf").get(0), value, where);
    }
    if (schema.has("const") && !schema.get("const").equals(value)) {
      return Optional.of(where + " is not " + schema.get("const"));
    }
    if (schema.has("type") && !isOfType(schema.get("type"), value)) {
      return Optional.of(where + " is no " + schema.get("type") + ": " + value);
    }
    return limits(schema, value, where).or(() -> inside(schema, value, where));
  }

  private Optional<String> oneOf(JsonNode choices, JsonNode value, String where) {
    Optional<String> best = Optional.of(where + " is none of the choices: " + value);
    for (JsonNode choice : choices) {
      Optional<String> fault = fault(choice, value, where);
      if (fault.isEmpty()) {
        return fault;
      }
      if (fault.get().length() < 200 && fault.get().contains(where + ".")) {
        best = fault;
      }
    }
    return best;
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (isOfType(one, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static Optional<String> limits(JsonNode schema, JsonNode value, String where) {
    int size = value.isTextual() ? value.asText().length() : value.size();
    String kind = value.isTextual() ? "Length" : "Items";
    if (!value.isObject()
        && !value.isNumber()
        && (size > schema.path("max" + kind).asInt(Integer.MAX_VALUE)
            || (!value.isNull() && size < schema.path("min" + kind).asInt(0)))) {
      return Optional.of(where + " has a wrong size: " + size);
    }
    if (schema.has("enum")) {
      for (JsonNode allowed : schema.get("enum")) {
        if (allowed.equals(value)) {
          return Optional.empty();
        }
      }
      return Optional.of(where + " is none of " + schema.get("enum"));
    }
    if (value.isTextual()
        && schema.has("pattern")
        && !value.asText().matches(schema.get("pattern").asText())) {
      return Optional.of(where + " does not look right: " + value);
    }
    return Optional.empty();
  }

  private Optional<String> inside(JsonNode schema, JsonNode value, String where) {
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        Optional<String> fault = fault(schema.get("items"), value.get(i), where + "." + i);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    if (!value.isObject() || !schema.has("properties")) {
      return Optional.empty();
    }
    Set<String> missing = new HashSet<>();
    schema.path("required").forEach(name -> missing.add(name.asText()));
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      missing.remove(field.getKey());
      JsonNode known = schema.get("properties").get(field.getKey());
      if (known == null) {
        return Optional.of(where + "." + field.getKey() + " does not exist");
      }
      Optional<String> fault = fault(known, field.getValue(), where + "." + field.getKey());
      if (fault.isPresent()) {
        return fault;
      }
    }
    return missing.stream().findFirst().map(name -> where + "." + name + " is missing");
  }
}
