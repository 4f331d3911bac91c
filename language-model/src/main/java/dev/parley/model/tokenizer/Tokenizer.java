package dev.parley.model.tokenizer;

import static java.util.stream.Collectors.toUnmodifiableSet;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.Utils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.ModelException;
import dev.parley.model.file.Fields;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model's vocabulary. Control tokens are kept apart from the library below, which therefore
 * cannot find them in anybody's text. Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No vocabulary comes near. */
  private static final int MOST_TOKENS = 1 << 24;

  private final HuggingFaceTokenizer text;
  private final int size;
  private final Map<String, Integer> control;
  private final Set<Integer> controlIds;
  private final OptionalInt start;
  private final Map<Integer, String> shown;
  private final Pattern controlPattern;
  private final Set<Integer> controlCharacters;

  /** Closing waits for those who use the library, whose memory it frees. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * @param file for messages
   * @param json whose model is byte-pair encoding
   * @param shown control tokens that are seen in answers, such as those around a thought
   * @param start the token that begins plain text, where the model wants one
   */
  private Tokenizer(
      Fields file,
      ObjectNode json,
      int size,
      Map<String, Integer> control,
      Map<Integer, String> shown,
      OptionalInt start)
      throws IOException {
    forget(control.keySet(), (ObjectNode) json.path("model"));
    this.text = library(file, json);
    this.size = size;
    this.start = start;
    this.control = Map.copyOf(control);
    this.controlIds = Set.copyOf(control.values());
    this.shown = Map.copyOf(shown);
    List<String> spellings =
        control.keySet().stream()
            .filter(spelling -> spelling.codePointCount(0, spelling.length()) > 1)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    this.controlCharacters =
        spellings.stream().flatMapToInt(String::codePoints).boxed().collect(toUnmodifiableSet());
    this.controlPattern =
        Pattern.compile(
            spellings.stream()
                .map(Pattern::quote)
                .reduce((one, other) -> one + "|" + other)
                .orElse("(?!)"));
  }

  /** Reads the vocabulary in a GGUF file's metadata. */
  public static Tokenizer fromGguf(GgufFile file) throws IOException {
    GgufVocabulary vocabulary = new GgufVocabulary(file);
    return new Tokenizer(
        file.metadata(),
        vocabulary.toJson(),
        vocabulary.size(),
        vocabulary.controlTokens(),
        vocabulary.shownTokens(),
        vocabulary.startToken());
  }

  /**
   * Reads a tokenizer.json of Hugging Face's tokenizers library.
   *
   * @throws ModelFormatException where it is malformed, or no byte-pair encoding
   */
  public static Tokenizer fromJson(Path path) throws IOException {
    JsonFile file = JsonFile.read(path);
    ObjectNode json = file.content();
    JsonNode model = json.path("model");
    Components.check(file, json);
    Map<String, Integer> control = new LinkedHashMap<>();
    Map<Integer, String> shown = new HashMap<>();
    ArrayNode others = JSON.createArrayNode();
    int size = 0;
    for (JsonNode id : model.path("vocab")) {
      size = Math.max(size, id(file, "model.vocab", id) + 1);
    }
    for (JsonNode added : json.path("added_tokens")) {
      int id = id(file, "added_tokens", added.path("id"));
      String spelling = added.path("content").asText();
      boolean special = added.path("special").asBoolean();
      if (spelling.isEmpty()) {
        continue;
      }
      if (!special && isText(spelling)) {
        others.add(plainToken(id, spelling));
        ((ObjectNode) model.path("vocab")).put(spelling, id); // or the library numbers it anew
      } else {
        control.put(spelling, id);
        if (!special) {
          shown.put(id, spelling);
        }
      }
    }
    json.set("added_tokens", others);
    OptionalInt start = startToken(json.path("post_processor"), control);
    json.remove(List.of("post_processor", "truncation", "padding")); // never used here
    return new Tokenizer(file, json, size, control, shown, start);
  }

  /** What the library's template for a single text puts before it. */
  private static OptionalInt startToken(JsonNode processor, Map<String, Integer> control) {
    for (JsonNode part : processor.path("processors")) {
      OptionalInt start = startToken(part, control);
      if (start.isPresent()) {
        return start;
      }
    }
    Integer id = control.get(processor.at("/single/0/SpecialToken/id").asText());
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Whether an added token that is not special steers nothing: a character, or space. */
  static boolean isText(String spelling) {
    return spelling.isBlank() || spelling.codePointCount(0, spelling.length()) == 1;
  }

  /** For the library, which finds it in any text. */
  static ObjectNode plainToken(int id, String spelling) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("content", spelling)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", false);
  }

  private static int id(JsonFile file, String key, JsonNode id) throws ModelFormatException {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() >= MOST_TOKENS) {
      throw file.error(key, "expected ids from 0 to " + (MOST_TOKENS - 1) + ", found " + id);
    }
    return id.intValue();
  }

  /**
   * Takes control tokens out of the vocabulary that text is made of, so that no merges lead to one.
   * The token for unknown characters stays, which the library wants to find.
   */
  private static void forget(Set<String> control, ObjectNode model) {
    Set<String> forgotten = new HashSet<>(control);
    forgotten.remove(model.path("unk_token").asText());
    ((ObjectNode) model.path("vocab")).remove(forgotten);
    ArrayNode merges = JSON.createArrayNode();
    for (JsonNode merge : model.path("merges")) {
      List<String> parts =
          merge.isArray()
              ? List.of(merge.path(0).asText(), merge.path(1).asText())
              : List.of(merge.asText().split(" ", -1));
      if (!control.contains(String.join("", parts)) && Collections.disjoint(control, parts)) {
        merges.add(merge);
      }
    }
    model.set("merges", merges);
  }

  private static HuggingFaceTokenizer library(Fields file, ObjectNode json) throws IOException {
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(unicode(file, JSON.writeValueAsString(json))),
          Map.of(
              "addSpecialTokens", "false",
              "truncation", "do_not_truncate",
              "padding", "do_not_pad"));
    } catch (EngineException e) { // the library itself could not be loaded, as on a full disk
      throw ModelException.ofLibrary("The tokenizers library", e, Utils.getEngineCacheDir());
    } catch (RuntimeException e) {
      throw file.error(
          "vocabulary", "expected one that the tokenizers library takes, found " + e.getMessage());
    }
  }

  /** Half a surrogate pair, which JSON can spell, would end the process in the library. */
  private static byte[] unicode(Fields file, String json) throws ModelFormatException {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw file.error("vocabulary", "expected Unicode text, found half a surrogate pair");
    }
  }

  /** How many ids text is made of; control tokens may have greater ones. */
  public int vocabularySize() {
    return size;
  }

  /**
   * The id of a control token by its spelling, such as {@code <|im_end|>}. Added tokens are,
   * whether the file calls them special or not: {@code <think>} steers as well.
   */
  public OptionalInt controlToken(String spelling) {
    Integer id = control.get(spelling);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The control token that plain text begins with, where the model wants one. */
  public OptionalInt startToken() {
    return start;
  }

  public boolean isControl(int id) {
    return controlIds.contains(id);
  }

  /**
   * Finds control tokens by their spelling, the longest at each place. One of a single character is
   * none: a text that has it could not be told from a template's.
   */
  public Matcher controlTokensIn(CharSequence candidate) {
    return controlPattern.matcher(candidate);
  }

  /** Whether a character, in upper or lower case, is in the spelling of a control token. */
  public boolean spellsControl(int character) {
    String text = Character.toString(character);
    return Stream.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))
        .flatMapToInt(String::codePoints)
        .anyMatch(controlCharacters::contains);
  }

  /** Encodes people's text: a control token's spelling in it stays text. */
  public int[] encode(String people) {
    return people.isEmpty()
        ? new int[0]
        : narrow(use(library -> library.encode(people, false, false).getIds()));
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

  /** The text of tokens; those that only steer have none. */
  public String decode(int[] ids) {
    StringBuilder decoded = new StringBuilder();
    int from = 0;
    for (int i = 0; i < ids.length; i++) {
      if (shown.containsKey(ids[i])) {
        decoded.append(decodeText(Arrays.copyOfRange(ids, from, i))).append(shown.get(ids[i]));
        from = i + 1;
      }
    }
    return decoded.append(decodeText(Arrays.copyOfRange(ids, from, ids.length))).toString();
  }

  private String decodeText(int[] ids) {
    long[] wide = Arrays.stream(ids).filter(id -> !isControl(id)).asLongStream().toArray();
    return wide.length == 0 ? "" : use(library -> library.decode(wide, false));
  }

  private <T> T use(Function<HuggingFaceTokenizer, T> work) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The tokenizer is closed.");
      }
      return work.apply(text);
    } finally {
      open.readLock().unlock();
    }
  }

  /** Whether the token only steers, and is not seen in an answer. */
  boolean isHidden(int id) {
    return isControl(id) && !shown.containsKey(id);
  }

  /** A decoder for one growing answer. */
  public TextDecoder decoder() {
    return new TextDecoder(this);
  }

  /** Waits for those who encode or decode; whoever comes later gets IllegalStateException. */
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        text.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }

  private static int[] narrow(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }
}
