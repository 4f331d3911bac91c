package dev.parley.model.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A JSON file beside the weights, such as {@code config.json}. A key may lead into an object:
 * {@code rope_parameters.rope_theta}. Null counts as absent.
 */
public final class JsonFile implements Fields {
  private final Path file;
  private final JsonNode root;

  private JsonFile(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a file that holds one object.
   *
   * @throws ModelFormatException where it holds something else
   */
  public static JsonFile read(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Mapping mapping = Mapping.of(file, arena);
      return new JsonFile(file, JsonHeader.read(mapping, "JSON", 0, mapping.size()));
    }
  }

  /**
   * An object in memory.
   *
   * @param file that it would be, for messages
   */
  public static JsonFile of(Path file, ObjectNode content) {
    return new JsonFile(file, content.deepCopy());
  }

  /** As {@link #read}, or without any key where there is no such file. */
  public static JsonFile readIfPresent(Path file) throws IOException {
    return Files.exists(file)
        ? read(file)
        : new JsonFile(file, JsonNodeFactory.instance.objectNode());
  }

  /** All that is in it, for a library that reads it. */
  public ObjectNode content() {
    return (ObjectNode) root.deepCopy();
  }

  @Override
  public Optional<String> string(String key) throws ModelFormatException {
    return find(key, "a string", JsonNode::isTextual).map(JsonNode::asText);
  }

  @Override
  public OptionalLong integer(String key) throws ModelFormatException {
    return find(key, "a whole number below 2^63", JsonFile::isWhole)
        .map(node -> OptionalLong.of(node.asLong()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public OptionalDouble number(String key) throws ModelFormatException {
    return find(key, "a number", JsonNode::isNumber)
        .map(node -> OptionalDouble.of(node.asDouble()))
        .orElse(OptionalDouble.empty());
  }

  @Override
  public Optional<Boolean> bool(String key) throws ModelFormatException {
    return find(key, "a boolean", JsonNode::isBoolean).map(JsonNode::asBoolean);
  }

  /** One whole number or a list of them; empty where absent. */
  public List<Long> integers(String key) throws ModelFormatException {
    Optional<JsonNode> node =
        find(
            key,
            "a whole number or a list of them",
            value ->
                isWhole(value)
                    || (value.isArray() && value.valueStream().allMatch(JsonFile::isWhole)));
    List<Long> integers = new ArrayList<>();
    node.ifPresent(
        value -> {
          if (value.isArray()) {
            value.forEach(each -> integers.add(each.asLong()));
          } else {
            integers.add(value.asLong());
          }
        });
    return integers;
  }

  /** A list of strings; empty where absent. */
  public List<String> strings(String key) throws ModelFormatException {
    List<String> strings = new ArrayList<>();
    find(
            key,
            "a list of strings",
            node -> node.isArray() && node.valueStream().allMatch(JsonNode::isTextual))
        .ifPresent(list -> list.forEach(each -> strings.add(each.asText())));
    return strings;
  }

  /** Whether the key is there, with a value of any kind. */
  public boolean has(String key) {
    JsonNode node = at(key);
    return !node.isMissingNode() && !node.isNull();
  }

  /** Whether what is there has nothing in it. */
  public boolean isEmpty(String key) {
    return at(key).isEmpty();
  }

  public boolean isList(String key) {
    return at(key).isArray();
  }

  /** The objects in a list; empty where absent. */
  public List<JsonFile> objects(String key) throws ModelFormatException {
    List<JsonFile> objects = new ArrayList<>();
    find(
            key,
            "a list of objects",
            node -> node.isArray() && node.valueStream().allMatch(JsonNode::isObject))
        .ifPresent(list -> list.forEach(each -> objects.add(new JsonFile(file, each))));
    return objects;
  }

  @Override
  public ModelFormatException error(String key, String problem) {
    return new ModelFormatException(file, key, problem);
  }

  private Optional<JsonNode> find(String key, String expected, Predicate<JsonNode> fits)
      throws ModelFormatException {
    JsonNode node = at(key);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!fits.test(node)) {
      throw error(key, "expected " + expected + ", found " + node);
    }
    return Optional.of(node);
  }

  private JsonNode at(String key) {
    return root.at("/" + key.replace('.', '/'));
  }

  private static boolean isWhole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }
}
