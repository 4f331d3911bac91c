package dev.parley.model.training.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One JSON object of a line. The same thing has several names in different data sets: a value is
 * looked for under each. Null counts as absent.
 */
record JsonRow(JsonNode object) {
  /** Rows bring along what is not read, such as descriptions of tools. */
  private static final int DEEPEST = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws RowException where the line is no JSON, or other JSON than an object
   */
  static JsonRow parse(String line) {
    try {
      return of("the line", MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      throw new RowException("expected JSON, found a fault (" + reason(e) + ")");
    }
  }

  /** Without where in the source it began, which is not told. */
  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    int start = message.indexOf(" (start marker at ");
    return start < 0 ? message : message.substring(0, start);
  }

  /**
   * @param where for the message
   */
  static JsonRow of(String where, JsonNode node) {
    if (!node.isObject()) {
      throw new RowException("expected a JSON object as %s, found %s".formatted(where, kind(node)));
    }
    return new JsonRow(node);
  }

  /** The first of these names that has a value. */
  Optional<String> name(List<String> names) {
    return names.stream().filter(object::hasNonNull).findFirst();
  }

  boolean has(List<String> names) {
    return name(names).isPresent();
  }

  Optional<JsonNode> find(List<String> names) {
    return name(names).map(object::path);
  }

  /** A text, perhaps empty. */
  Optional<String> text(List<String> names) {
    return name(names).map(name -> asText(name, object.path(name)));
  }

  String requireText(List<String> names) {
    return text(names).orElseThrow(() -> missing(names));
  }

  /** A list; empty where it is absent. */
  List<JsonNode> list(List<String> names) {
    return name(names).map(name -> asList(name, object.path(name))).orElse(List.of());
  }

  RowException missing(List<String> names) {
    List<String> found = new ArrayList<>();
    object.fieldNames().forEachRemaining(found::add);
    return new RowException(
        "expected %s, found %s"
            .formatted(
                String.join(" or ", names),
                found.isEmpty() ? "an empty object" : String.join(", ", found)));
  }

  static String asText(String where, JsonNode value) {
    if (!value.isTextual()) {
      throw new RowException("expected text as %s, found %s".formatted(where, kind(value)));
    }
    return value.asText();
  }

  static List<JsonNode> asList(String where, JsonNode value) {
    if (!value.isArray()) {
      throw new RowException("expected a list as %s, found %s".formatted(where, kind(value)));
    }
    return value.valueStream().toList();
  }

  private static String kind(JsonNode node) {
    JsonNodeType type = node.getNodeType();
    return switch (type) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "text";
      case MISSING -> "nothing";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }
}
