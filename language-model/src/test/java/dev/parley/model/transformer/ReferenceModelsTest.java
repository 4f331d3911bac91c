package dev.parley.model.transformer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbers are those of transformers in fp32. Typical mistakes move them by 0.003 and more; the
 * smallest distance between a best token and the next is 0.0009.
 */
class ReferenceModelsTest {
  private static final float TOLERANCE = 1e-4f;
  private static final int VOCABULARY = 512;

  @ParameterizedTest
  @MethodSource("foldersAndConfigs")
  void aFolderOfTransformersGivesItsNumbers(String name, String config) throws IOException {
    JsonFile shape = JsonFile.read(Goldens.path("tiny/" + name + "/" + config));
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        Transformer transformer = load(Checkpoint.of(file, shape))) {
      assertNumbersOf(name, transformer);
    }
  }

  /** The newest style of config.json and the one before. */
  static Stream<Arguments> foldersAndConfigs() {
    return Stream.of(
            "gemma3",
            "gpt2",
            "llama-bf16",
            "llama-sharded",
            "llama-tied",
            "llama-untied-rope3",
            "mistral-sliding",
            "olmo2",
            "phi3",
            "qwen2",
            "qwen3",
            "smollm3")
        .flatMap(
            name ->
                Stream.of("config.json", "config-v4.json").map(file -> Arguments.of(name, file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "gpt2", "llama-tied", "qwen2", "qwen3"})
  void aGgufFileGivesTheNumbersOfItsTwin(String name, @TempDir Path folder) throws IOException {
    boolean whole = name.equals("llama-tied");
    Path path = whole ? Goldens.path("tiny/" + name + ".F32.gguf") : GgufTwin.write(name, folder);
    try (GgufFile file = GgufFile.open(path);
        Transformer transformer = load(Checkpoint.of(file))) {
      assertNumbersOf(name, transformer);
    }
  }

  /** Own numbers: the blocks' values, multiplied in fp32. */
  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "gpt2", "llama-tied", "qwen2", "qwen3"})
  void aQuantisedFileGivesTheNumbersOfItsBlocks(String name) throws IOException {
    int[] ids = Goldens.ints(Goldens.json("tiny/gguf-golden.json").get("input_ids"));
    JsonNode golden = Goldens.json("tiny/gguf-golden.json").at("/models/" + name + "/files");
    int[] greedy = Goldens.ints(golden.get(name + ".Q8_0.gguf").get("greedy_continuation"));
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/" + name + ".Q8_0.gguf"));
        Transformer transformer = load(Checkpoint.of(file))) {
      assertClose(
          transformer.prefillAll(0, 0, ids), Goldens.floats("tiny/" + name + ".Q8_0.logits.f32"));
      assertThat(continuation(transformer, ids, greedy.length, false)).containsExactly(greedy);
    }
  }

  /** The published GPT-2 has names without their first part. */
  @Test
  void namesMayLackTheirFirstPart(@TempDir Path folder) throws IOException {
    byte[] whole = Goldens.bytes("tiny/gpt2/model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong(0);
    String header = new String(whole, Long.BYTES, length, UTF_8);
    String brief = header.replace("\"transformer.", "\"");
    bytes.put(Long.BYTES, (brief + " ".repeat(length - brief.length())).getBytes(UTF_8));
    Path weights = Files.write(folder.resolve("model.safetensors"), whole);

    JsonFile shape = JsonFile.read(Goldens.path("tiny/gpt2/config.json"));
    try (SafetensorsFile file = SafetensorsFile.open(weights);
        Transformer transformer = load(Checkpoint.of(file, shape))) {
      assertNumbersOf("gpt2", transformer);
    }
  }

  private static void assertNumbersOf(String name, Transformer transformer) {
    JsonNode golden = Goldens.json("tiny/" + name + "/golden.json");
    JsonNode more = Goldens.json("tiny/" + name + "/golden-more.json");
    int[] ids = Goldens.ints(golden.get("input_ids"));

    assertClose(transformer.prefillAll(0, 0, ids), Goldens.floats("tiny/" + name + "/logits.f32"));
    assertLongInput(
        transformer, more.get("long_input"), Goldens.floats("tiny/" + name + "/logits-long.f32"));
    int[] greedy = Goldens.ints(golden.get("greedy_continuation"));
    assertThat(continuation(transformer, ids, greedy.length, false)).containsExactly(greedy);
    int[] distinct = Goldens.ints(more.get("distinct_continuation").get("ids"));
    assertThat(continuation(transformer, ids, distinct.length, true)).containsExactly(distinct);
  }

  /** In pieces, as the engine reads long prompts; the last ones token by token. */
  private static void assertLongInput(Transformer transformer, JsonNode input, float[] expected) {
    int[] ids = Goldens.ints(input.get("ids"));
    int[] positions = Goldens.ints(input.get("logits").get("positions"));
    float[] found = new float[ids.length * VOCABULARY];
    int from = 0;
    for (int to : new int[] {37, 57, 100, 101, 102, ids.length}) {
      float[] piece = transformer.prefillAll(1, from, Arrays.copyOfRange(ids, from, to));
      System.arraycopy(piece, 0, found, from * VOCABULARY, piece.length);
      from = to;
    }
    for (int i = 0; i < positions.length; i++) {
      assertClose(row(found, positions[i]), row(expected, i));
    }
  }

  private static int[] continuation(
      Transformer transformer, int[] ids, int length, boolean distinct) {
    Set<Integer> excluded = new HashSet<>();
    Arrays.stream(ids).forEach(excluded::add);
    int[] found = new int[length];
    float[] logits = transformer.prefill(0, 0, ids);
    for (int i = 0; i < length; i++) {
      found[i] = best(logits, distinct ? excluded : Set.of());
      excluded.add(found[i]);
      logits =
          transformer.decode(
              new int[] {found[i]}, new int[] {ids.length + i}, new int[] {0}, false);
    }
    return found;
  }

  private static int best(float[] logits, Set<Integer> excluded) {
    int best = -1;
    for (int i = 0; i < logits.length; i++) {
      if (!excluded.contains(i) && (best < 0 || logits[i] > logits[best])) {
        best = i;
      }
    }
    return best;
  }

  private static Transformer load(Checkpoint checkpoint) throws IOException {
    return Transformer.load(checkpoint, MemoryPlan.onCpu(Weights.FP32, 2, 128));
  }

  private static float[] row(float[] logits, int index) {
    return Arrays.copyOfRange(logits, index * VOCABULARY, (index + 1) * VOCABULARY);
  }

  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    float worst = 0;
    for (int i = 0; i < found.length; i++) {
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    assertThat(worst).isLessThan(TOLERANCE);
  }
}
