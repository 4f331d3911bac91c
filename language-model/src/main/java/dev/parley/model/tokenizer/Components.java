package dev.parley.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a tokenizer.json may be made of. The library below ends the process where a component
 * surprises it (it panics across JNI), so nothing reaches it but what is known to work; a field of
 * the wrong kind it refuses itself.
 */
final class Components {
  private static final Set<String> NORMALIZERS =
      Set.of(
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "Lowercase",
          "Strip",
          "StripAccents",
          "Prepend",
          "Replace",
          "Sequence");

  private static final Set<String> PRE_TOKENIZERS =
      Set.of(
          "ByteLevel",
          "Digits",
          "Metaspace",
          "Punctuation",
          "Split",
          "Whitespace",
          "WhitespaceSplit",
          "Sequence");

  private static final Set<String> DECODERS =
      Set.of("ByteFallback", "ByteLevel", "Fuse", "Metaspace", "Replace", "Strip", "Sequence");

  /** Of the published models, and too rich for {@link #isPlain}. */
  private static final Set<String> KNOWN_PATTERNS =
      Set.of(GgufVocabulary.GPT2, GgufVocabulary.LLAMA3, GgufVocabulary.QWEN2);

  private final JsonFile file;

  private Components(JsonFile file) {
    this.file = file;
  }

  static void check(JsonFile file, JsonNode json) throws ModelFormatException {
    Components components = new Components(file);
    components.model(json.path("model"));
    components.each("normalizer", json.path("normalizer"), NORMALIZERS, "normalizers");
    components.each("pre_tokenizer", json.path("pre_tokenizer"), PRE_TOKENIZERS, "pretokenizers");
    components.each("decoder", json.path("decoder"), DECODERS, "decoders");
  }

  private void model(JsonNode model) throws ModelFormatException {
    String type = model.path("type").asText("BPE");
    if (!type.equals("BPE")) {
      throw file.error("model.type", "expected BPE, found " + type);
    }
    if (!model.path("vocab").isObject() || !model.path("merges").isArray()) {
      throw file.error("model", "expected vocab and merges of a byte-pair encoding, found others");
    }
    for (String key : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (!model.path(key).asText("").isEmpty()) {
        throw file.error("model." + key, "expected none, found " + model.path(key));
      }
    }
    if (model.path("dropout").asDouble(0) != 0) {
      throw file.error("model.dropout", "expected none, found " + model.path("dropout"));
    }
  }

  private void each(String field, JsonNode component, Set<String> types, String parts)
      throws ModelFormatException {
    if (component.isMissingNode() || component.isNull()) {
      return;
    }
    String type = component.path("type").asText();
    if (!types.contains(type)) {
      throw file.error(
          field,
          "expected one of "
              + String.join(", ", types.stream().sorted().toList())
              + ", found "
              + (component.has("type") ? type : "no type"));
    }
    switch (type) {
      case "Sequence" -> {
        for (JsonNode part : component.path(parts)) {
          each(field, part, types, parts);
        }
      }
      case "Prepend" -> text(field, component.path("prepend"));
      case "Replace" -> text(field, component.path("pattern").path("String"));
      case "Split" -> pattern(field, component.path("pattern"));
      case "Strip" -> {
        JsonNode stop = component.path("stop");
        if (field.equals("decoder") && !(stop.isInt() && stop.intValue() == 0)) {
          throw file.error(field, "expected nothing stripped from the end, found " + stop);
        }
      }
      default -> {}
    }
  }

  private void text(String field, JsonNode text) throws ModelFormatException {
    if (!text.isTextual() || text.asText().isEmpty()) {
      throw file.error(field, "expected a text to prepend or replace, found none");
    }
  }

  private void pattern(String field, JsonNode pattern) throws ModelFormatException {
    String regex = pattern.path("Regex").asText();
    if (!KNOWN_PATTERNS.contains(regex) && !isPlain(regex)) {
      throw file.error(
          field,
          "expected a pattern without groups that repeats one thing at a time, found " + regex);
    }
  }

  /**
   * Whether it has no groups or calls, and alternatives that repeat one thing at most. Others may
   * try more ways to match than the library bears, and which do cannot be seen easily.
   */
  private static boolean isPlain(String regex) {
    String brief = regex.replaceAll("\\\\[pP]\\{\\^?\\w+}", ".");
    return !brief.matches("(?s).*(?:[()]|\\\\[gk]).*")
        && Arrays.stream(brief.split("\\|", -1))
            .allMatch(one -> count("*+{", one) <= 1 && count("*+{?", one) <= 2);
  }

  private static long count(String characters, String text) {
    return text.chars().filter(each -> characters.indexOf(each) >= 0).count();
  }
}
