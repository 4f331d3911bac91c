package dev.parley.model.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.Metadata;
import dev.parley.model.file.ModelFormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Writes the vocabulary of a GGUF file's metadata as a tokenizer.json (format of Hugging Face's
 * tokenizers library). The splitting patterns are those of llama.cpp's pre-tokenizers.
 */
final class GgufVocabulary {
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  static final String QWEN2 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final GgufFile file;
  private final List<String> tokens;
  private final long[] types;

  GgufVocabulary(GgufFile file) throws ModelFormatException {
    this.file = file;
    Metadata meta = file.metadata();
    this.tokens = meta.strings("tokenizer.ggml.tokens");
    this.types = meta.integers("tokenizer.ggml.token_type");
    if (tokens.isEmpty()) {
      throw file.error("tokenizer.ggml.tokens", "expected a vocabulary, found none");
    }
    if (types.length != 0 && types.length != tokens.size()) {
      throw file.error(
          "tokenizer.ggml.token_type",
          "expected " + tokens.size() + " types as there are tokens, found " + types.length);
    }
  }

  int size() {
    return tokens.size();
  }

  /** Tokens that steer the model, by spelling. */
  Map<String, Integer> controlTokens() {
    Map<String, Integer> control = new LinkedHashMap<>();
    for (int i = 0; i < types.length; i++) {
      if ((types[i] == CONTROL && !tokens.get(i).isEmpty()) || isShown(i)) {
        control.put(tokens.get(i), i);
      }
    }
    return control;
  }

  /** As llama.cpp takes what files leave out: SentencePiece and Llama 3 want one, others not. */
  OptionalInt startToken() throws ModelFormatException {
    Metadata meta = file.metadata();
    boolean usual =
        meta.requireString("tokenizer.ggml.model").equals("llama") || pre().startsWith("llama");
    long id = meta.integer("tokenizer.ggml.bos_token_id").orElse(-1);
    boolean wanted = meta.bool("tokenizer.ggml.add_bos_token").orElse(usual);
    return wanted && id >= 0 && id < tokens.size() ? OptionalInt.of((int) id) : OptionalInt.empty();
  }

  /** Those of them that are seen in answers. */
  Map<Integer, String> shownTokens() {
    Map<Integer, String> shown = new HashMap<>();
    for (int i = 0; i < types.length; i++) {
      if (isShown(i)) {
        shown.put(i, tokens.get(i));
      }
    }
    return shown;
  }

  private boolean isShown(int id) {
    return types[id] == USER_DEFINED && !Tokenizer.isText(tokens.get(id));
  }

  ObjectNode toJson() throws ModelFormatException {
    String model = file.metadata().requireString("tokenizer.ggml.model");
    ObjectNode json = JSON.objectNode().put("version", "1.0");
    json.set("added_tokens", userDefined());
    switch (model) {
      case "gpt2" -> byteLevel(json);
      case "llama" -> sentencePiece(json);
      default -> throw file.error("tokenizer.ggml.model", "expected gpt2 or llama, found " + model);
    }
    return json;
  }

  private void byteLevel(ObjectNode json) throws ModelFormatException {
    json.set("pre_tokenizer", preTokenizer());
    json.set(
        "decoder",
        typed("ByteLevel")
            .put("add_prefix_space", false)
            .put("use_regex", false)
            .put("trim_offsets", false));
    ObjectNode bpe = typed("BPE").put("ignore_merges", pre().startsWith("llama"));
    bpe.set("vocab", vocabulary());
    ArrayNode merges = bpe.putArray("merges");
    file.metadata().strings("tokenizer.ggml.merges").forEach(merges::add);
    json.set("model", bpe);
  }

  private String pre() throws ModelFormatException {
    return file.metadata().string("tokenizer.ggml.pre").orElse("default");
  }

  private ObjectNode preTokenizer() throws ModelFormatException {
    ArrayNode steps = JSON.arrayNode();
    switch (pre()) {
      case "default", "gpt-2", "gpt2", "olmo" -> steps.add(split(GPT2));
      case "smollm" -> {
        steps.add(typed("Digits").put("individual_digits", true));
        steps.add(split(GPT2));
      }
      case "llama-bpe", "llama3", "llama-v3", "smaug-bpe", "dbrx" -> steps.add(split(LLAMA3));
      case "qwen2", "deepseek-r1-qwen" -> steps.add(split(QWEN2));
      default ->
          throw file.error(
              "tokenizer.ggml.pre",
              "expected default, gpt-2, olmo, smollm, llama-bpe, smaug-bpe, dbrx or qwen2, found "
                  + pre());
    }
    steps.add(
        typed("ByteLevel")
            .put("add_prefix_space", false)
            .put("use_regex", false)
            .put("trim_offsets", true));
    ObjectNode sequence = typed("Sequence");
    sequence.set("pretokenizers", steps);
    return sequence;
  }

  private static ObjectNode split(String pattern) {
    ObjectNode split = typed("Split").put("behavior", "Isolated").put("invert", false);
    split.putObject("pattern").put("Regex", pattern);
    return split;
  }

  /** SentencePiece's BPE: merges follow from the scores, unknown characters fall back to bytes. */
  private void sentencePiece(ObjectNode json) throws ModelFormatException {
    boolean prefix = file.metadata().bool("tokenizer.ggml.add_space_prefix").orElse(true);
    ObjectNode normalizer = typed("Sequence");
    ArrayNode steps = normalizer.putArray("normalizers");
    if (prefix) {
      steps.add(typed("Prepend").put("prepend", "▁"));
    }
    steps.add(replace(" ", "▁"));
    json.set("normalizer", normalizer);
    ObjectNode decoder = typed("Sequence");
    ArrayNode back = decoder.putArray("decoders");
    back.add(replace("▁", " "));
    back.add(typed("ByteFallback"));
    back.add(typed("Fuse"));
    if (prefix) {
      back.add(typed("Strip").put("content", " ").put("start", 1).put("stop", 0));
    }
    json.set("decoder", decoder);
    ObjectNode bpe =
        typed("BPE")
            .put("byte_fallback", true)
            .put("fuse_unk", true)
            .put("unk_token", tokens.getFirst());
    bpe.set("vocab", vocabulary());
    bpe.set("merges", mergesByScore());
    json.set("model", bpe);
  }

  private ArrayNode mergesByScore() throws ModelFormatException {
    double[] scores = file.metadata().numbers("tokenizer.ggml.scores");
    if (scores.length != tokens.size()) {
      throw file.error(
          "tokenizer.ggml.scores", "expected " + tokens.size() + " scores, found " + scores.length);
    }
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      ids.putIfAbsent(tokens.get(i), i);
    }
    record Merge(double score, int left, int right) {}
    List<Merge> merges = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (types.length != 0 && types[i] != 1) {
        continue; // only normal tokens are merged
      }
      for (int cut = 1; cut < token.length(); cut++) {
        Integer left = ids.get(token.substring(0, cut));
        Integer right = ids.get(token.substring(cut));
        if (left != null && right != null) {
          merges.add(new Merge(scores[i], left, right));
        }
      }
    }
    merges.sort(
        Comparator.comparingDouble(Merge::score)
            .reversed()
            .thenComparingInt(Merge::left)
            .thenComparingInt(Merge::right));
    ArrayNode array = JSON.arrayNode();
    for (Merge merge : merges) {
      array.add(JSON.arrayNode().add(tokens.get(merge.left)).add(tokens.get(merge.right)));
    }
    return array;
  }

  private ObjectNode vocabulary() {
    ObjectNode vocabulary = JSON.objectNode();
    for (int i = 0; i < tokens.size(); i++) {
      vocabulary.put(tokens.get(i), i);
    }
    return vocabulary;
  }

  /** What is a token of its own but steers nothing. */
  private ArrayNode userDefined() {
    ArrayNode added = JSON.arrayNode();
    for (int i = 0; i < types.length; i++) {
      if (types[i] == USER_DEFINED && !isShown(i) && !tokens.get(i).isEmpty()) {
        added.add(Tokenizer.plainToken(i, tokens.get(i)));
      }
    }
    return added;
  }

  private static ObjectNode typed(String type) {
    return JSON.objectNode().put("type", type);
  }

  private static ObjectNode replace(String what, String by) {
    ObjectNode replace = typed("Replace").put("content", by);
    replace.putObject("pattern").put("String", what);
    return replace;
  }
}
