package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.SafetensorsFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbers are those of transformers in fp32. Typical mistakes move them by 0.003 and more; the
 * smallest distance between a best token and the next is 0.0009.
 */
class ReferenceModelsTest {
  private static final float TOLERANCE = 1e-4f;
  private static final int VOCABULARY = 512;

  @ParameterizedTest
  @CsvSource({
    "llama-tied, config.json",
    "llama-tied, config-v4.json",
    "llama-untied-rope3, config.json",
    "llama-untied-rope3, config-v4.json",
    "llama-bf16, config.json",
    "llama-bf16, config-v4.json",
    "llama-sharded, config.json",
    "llama-sharded, config-v4.json"
  })
  void aFolderOfTransformersGivesItsNumbers(String name, String config) throws IOException {
    JsonFile shape = JsonFile.read(Goldens.path("tiny/" + name + "/" + config));
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        Transformer transformer = load(Checkpoint.of(file, shape))) {
      assertNumbersOf(name, transformer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "llama-tied")
  void aGgufFileGivesTheNumbersOfItsTwin(String name) throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/" + name + ".F32.gguf"));
        Transformer transformer = load(Checkpoint.of(file))) {
      assertNumbersOf(name, transformer);
    }
  }

  /** Own numbers: the blocks' values, multiplied in fp32. */
  @ParameterizedTest
  @ValueSource(strings = "llama-tied")
  void aQuantisedFileGivesTheNumbersOfItsBlocks(String name) throws IOException {
    int[] ids = Goldens.ints(Goldens.json("tiny/" + name + "/golden.json").get("input_ids"));
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/" + name + ".Q8_0.gguf"));
        Transformer transformer = load(Checkpoint.of(file))) {
      assertClose(
          transformer.prefillAll(0, 0, ids), Goldens.floats("tiny/" + name + ".Q8_0.logits.f32"));
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
      logits = transformer.decode(new int[] {found[i]}, new int[] {ids.length + i}, new int[] {0});
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
    return Transformer.load(checkpoint, Processor.CPU, Weights.FP32, 2, 128);
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
