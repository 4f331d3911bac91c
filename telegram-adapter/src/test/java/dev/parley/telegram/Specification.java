package dev.parley.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks calls against the description of the Bot API: names, types and required fields. */
final class Specification {
  private final JsonNode methods;
  private final JsonNode types;

  Specification() {
    try (InputStream file = Specification.class.getResourceAsStream("bot-api.json")) {
      JsonNode all = new ObjectMapper().readTree(file);
      methods = all.get("methods");
      types = all.get("types");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The method's name as the manual spells it. */
  Optional<String> method(String name) {
    for (Iterator<String> names = methods.fieldNames(); names.hasNext(); ) {
      String known = names.next();
      if (known.equalsIgnoreCase(name)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a call. */
  Optional<String> fault(String method, JsonNode call) {
    return fields(methods.get(method), call, method, Set.of("method"));
  }

  private Optional<String> fields(
      JsonNode description, JsonNode object, String where, Set<String> ignored) {
    Set<String> known = new HashSet<>(ignored);
    for (JsonNode field : description.get("fields")) {
      String name = field.get("name").asText();
      known.add(name);
      JsonNode value = object.get(name);
      if (value == null || value.isNull()) {
        if (field.get("required").asBoolean()) {
          return Optional.of(where + "." + name + " is missing");
        }
        continue;
      }
      if (!isOneOf(field.get("types"), value, where + "." + name)) {
        return Optional.of(where + "." + name + " is no " + field.get("types") + ": " + value);
      }
    }
    for (Map.Entry<String, JsonNode> given : object.properties()) {
      if (!known.contains(given.getKey())) {
        return Optional.of(where + "." + given.getKey() + " does not exist");
      }
    }
    return Optional.empty();
  }

  private boolean isOneOf(JsonNode wanted, JsonNode value, String where) {
    for (JsonNode type : wanted) {
      if (is(type.asText(), value, where)) {
        return true;
      }
    }
    return false;
  }

  private boolean is(String type, JsonNode value, String where) {
    if (type.startsWith("Array of ")) {
      if (!value.isArray()) {
        return false;
      }
      for (JsonNode item : value) {
        if (!is(type.substring("Array of ".length()), item, where)) {
          return false;
        }
      }
      return true;
    }
    return switch (type) {
      case "Integer" -> value.isIntegralNumber() || value.asText().matches("-?[0-9]+");
      case "String" -> value.isTextual();
      case "Boolean" -> value.isBoolean();
      case "Float" -> value.isNumber();
      default -> isObject(type, value, where);
    };
  }

  private boolean isObject(String type, JsonNode value, String where) {
    JsonNode description = types.get(type);
    if (description == null || !value.isObject()) {
      return false;
    }
    if (description.has("subtypes")) {
      return isOneOf(description.get("subtypes"), value, where);
    }
    return fields(description, value, where, Set.of()).isEmpty();
  }
}
