package dev.parley.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.ModelFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model's vocabulary. Control tokens are kept apart from the library below, which therefore
 * cannot find them in anybody's text. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HuggingFaceTokenizer text;
  private final int size;
  private final Map<String, Integer> control;
  private final Set<Integer> controlIds;
  private final Pattern controlPattern;

  private Tokenizer(ObjectNode json, int size, Map<String, Integer> control) throws IOException {
    this.text =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(JSON.writeValueAsBytes(json)),
            Map.of(
                "addSpecialTokens", "false",
                "truncation", "do_not_truncate",
                "padding", "do_not_pad"));
    this.size = size;
    this.control = Map.copyOf(control);
    this.controlIds = Set.copyOf(control.values());
    this.controlPattern =
        Pattern.compile(
            control.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "", control.isEmpty() ? "(?!)" : "")));
  }

  /** Reads the vocabulary in a GGUF file's metadata. */
  public static Tokenizer fromGguf(GgufFile file) throws IOException {
    GgufVocabulary vocabulary = new GgufVocabulary(file);
    return new Tokenizer(vocabulary.toJson(), vocabulary.size(), vocabulary.controlTokens());
  }

  /** Reads a tokenizer.json of Hugging Face's tokenizers library. */
  public static Tokenizer fromJson(Path file) throws IOException {
    JsonNode root = JSON.readTree(Files.readAllBytes(file));
    if (!(root instanceof ObjectNode json) || !json.path("model").path("vocab").isContainerNode()) {
      throw new ModelFormatException(file, "model.vocab", "expected a vocabulary, found none");
    }
    Map<String, Integer> control = new LinkedHashMap<>();
    ArrayNode others = JSON.createArrayNode();
    JsonNode vocabulary = json.path("model").path("vocab");
    int size = vocabulary.size();
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        size = Math.max(size, id.asInt() + 1);
      }
    }
    for (JsonNode added : json.path("added_tokens")) {
      size = Math.max(size, added.path("id").asInt() + 1);
      if (added.path("special").asBoolean()) {
        control.put(added.path("content").asText(), added.path("id").asInt());
      } else {
        others.add(added);
      }
    }
    json.set("added_tokens", others);
    json.remove("post_processor");
    return new Tokenizer(json, size, control);
  }

  /** How many ids there are. */
  public int vocabularySize() {
    return size;
  }

  /** The id of a control token by its spelling, such as {@code <|im_end|>}. */
  public OptionalInt controlToken(String spelling) {
    Integer id = control.get(spelling);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  public boolean isControl(int id) {
    return controlIds.contains(id);
  }

  /** Finds control tokens by their spelling, the longest at each place. */
  public Matcher controlTokensIn(CharSequence candidate) {
    return controlPattern.matcher(candidate);
  }

  /** Encodes people's text: a control token's spelling in it stays text. */
  public int[] encode(String people) {
    return people.isEmpty() ? new int[0] : narrow(text.encode(people, false, false).getIds());
  }

  /** Encodes text whose control tokens are meant, such as a model's own template. */
  public int[] encodeWithControl(String trusted) {
    IntStream.Builder ids = IntStream.builder();
    Matcher matcher = controlTokensIn(trusted);
    int from = 0;
    while (matcher.find()) {
      Arrays.stream(encode(trusted.substring(from, matcher.start()))).forEach(ids);
      controlToken(matcher.group()).ifPresent(ids::add);
      from = matcher.end();
    }
    Arrays.stream(encode(trusted.substring(from))).forEach(ids);
    return ids.build().toArray();
  }

  /** The text of tokens; control tokens have none. */
  public String decode(int[] ids) {
    long[] wide = Arrays.stream(ids).filter(id -> !isControl(id)).asLongStream().toArray();
    return wide.length == 0 ? "" : text.decode(wide, false);
  }

  /** A decoder for one growing answer. */
  public TextDecoder decoder() {
    return new TextDecoder(this);
  }

  @Override
  public void close() {
    text.close();
  }

  private static int[] narrow(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }
}
