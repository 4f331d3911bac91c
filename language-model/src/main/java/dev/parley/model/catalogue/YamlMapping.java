package dev.parley.model.catalogue;

import dev.parley.model.ModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a YAML file whose mistakes are named with file, line and key. */
final class YamlMapping {
  private final String file;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMapping(String file, Node node) {
    this.file = file;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw mistake(node, "a list of \"key: value\" is expected here");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw mistake(tuple.getKeyNode(), "a key must be a word");
      }
      values.put(key.getValue(), tuple.getValueNode());
    }
  }

  /** A mapping with any keys. */
  static YamlMapping open(String file, Node node) {
    return new YamlMapping(file, node);
  }

  /** A mapping with no other keys than these. */
  static YamlMapping of(String file, Node node, List<String> keys) {
    YamlMapping mapping = new YamlMapping(file, node);
    for (Map.Entry<String, Node> entry : mapping.values.entrySet()) {
      if (!keys.contains(entry.getKey())) {
        throw mapping.mistake(
            entry.getValue(),
            "\"%s\" is no key here; there are: %s"
                .formatted(entry.getKey(), String.join(", ", keys)));
      }
    }
    return mapping;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  String text(String key) {
    return scalar(key).getValue();
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** A whole number of at least 1. */
  long count(String key) {
    try {
      long value = Long.parseLong(text(key));
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw mistake(key, "must be a whole number of at least 1, not " + text(key));
  }

  double number(String key, double otherwise) {
    try {
      return has(key) ? Double.parseDouble(text(key)) : otherwise;
    } catch (NumberFormatException e) {
      throw mistake(key, "must be a number, not " + text(key));
    }
  }

  boolean flag(String key, boolean otherwise) {
    return switch (text(key, String.valueOf(otherwise))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw mistake(key, "must be true or false, not " + text(key));
    };
  }

  /** Every value as the Boolean, Long, Double or String that YAML takes it for. */
  Map<String, Object> scalars() {
    Map<String, Object> result = new LinkedHashMap<>();
    for (String key : values.keySet()) {
      ScalarNode scalar = scalar(key);
      String value = scalar.getValue();
      Tag tag = scalar.getTag();
      if (tag.equals(Tag.BOOL)) {
        result.put(key, flag(key, false));
      } else if (tag.equals(Tag.INT)) {
        result.put(key, Long.valueOf(value));
      } else if (tag.equals(Tag.FLOAT)) {
        result.put(key, number(key, 0));
      } else {
        result.put(key, value);
      }
    }
    return result;
  }

  List<String> texts(String key) {
    return list(key).stream()
        .map(
            item -> {
              if (item instanceof ScalarNode scalar) {
                return scalar.getValue();
              }
              throw mistake(item, "\"" + key + "\" must list words");
            })
        .toList();
  }

  Optional<YamlMapping> mapping(String key, List<String> keys) {
    return Optional.ofNullable(values.get(key)).map(value -> of(file, value, keys));
  }

  Optional<YamlMapping> openMapping(String key) {
    return Optional.ofNullable(values.get(key)).map(value -> open(file, value));
  }

  List<YamlMapping> mappings(String key, List<String> keys) {
    return list(key).stream().map(item -> of(file, item, keys)).toList();
  }

  private ScalarNode scalar(String key) {
    if (required(key) instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar;
    }
    throw mistake(key, "must be a single value");
  }

  private List<Node> list(String key) {
    if (required(key) instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw mistake(key, "must be a list");
  }

  private Node required(String key) {
    Node value = values.get(key);
    if (value == null) {
      throw mistake(node, "the key \"" + key + "\" is missing");
    }
    return value;
  }

  ModelException mistake(String key, String words) {
    return mistake(values.getOrDefault(key, node), "\"" + key + "\" " + words);
  }

  /** A mistake of the mapping as a whole. */
  ModelException mistake(String words) {
    return mistake(node, words);
  }

  private ModelException mistake(Node where, String words) {
    String line = where.getStartMark().map(Mark::getLine).map(n -> ", line " + (n + 1)).orElse("");
    return new ModelException(file + line + ": " + words + ".");
  }
}
