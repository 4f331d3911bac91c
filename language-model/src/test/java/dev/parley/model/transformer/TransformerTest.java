package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of transformers in fp32; typical mistakes move them by 0.003 and more. */
class TransformerTest {
  private static final float TOLERANCE = 1e-4f;
  private static final int VOCABULARY = 512;

  private final JsonNode golden = Goldens.json("tiny/llama-tied.golden.json");
  private final JsonNode more = Goldens.json("tiny/llama-tied.golden-more.json");

  @ParameterizedTest
  @ValueSource(strings = {"llama-tied.F32", "llama-tied.Q8_0"})
  void logitsAreThoseOfTheReference(String name) throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/" + name + ".gguf"));
        Transformer transformer = Transformer.load(file, Weights.FP32, 2, 128)) {
      int[] ids = Goldens.ints(golden.get("input_ids"));

      assertClose(
          transformer.prefillAll(0, 0, ids), Goldens.floats("tiny/" + name + ".logits.f32"));
    }
  }

  @Test
  void aLongInputInPiecesGivesTheSameLogits() throws IOException {
    try (Transformer transformer = tiny()) {
      JsonNode input = more.get("long_input");
      int[] ids = Goldens.ints(input.get("ids"));
      int[] positions = Goldens.ints(input.get("logits").get("positions"));
      float[] expected = Goldens.floats("tiny/llama-tied.logits-long.f32");
      float[] found = new float[ids.length * VOCABULARY];
      int from = 0;
      for (int to : new int[] {37, 57, ids.length}) {
        float[] piece = transformer.prefillAll(1, from, Arrays.copyOfRange(ids, from, to));
        System.arraycopy(piece, 0, found, from * VOCABULARY, piece.length);
        from = to;
      }
      for (int i = 0; i < positions.length; i++) {
        assertClose(row(found, positions[i]), row(expected, i));
      }
    }
  }

  @Test
  void theBestTokensOneByOneAreTheReferences() throws IOException {
    try (Transformer transformer = tiny()) {
      assertThat(continuation(transformer, 16, false))
          .containsExactly(Goldens.ints(golden.get("greedy_continuation")));
      assertThat(continuation(transformer, 24, true))
          .containsExactly(Goldens.ints(more.get("distinct_continuation").get("ids")));
    }
  }

  @Test
  void aRowDoesNotDependOnWhoElseIsInTheBatch() throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"));
        Transformer transformer = Transformer.load(file, Weights.FP16, 16, 128)) {
      int[] ids = Goldens.ints(golden.get("input_ids"));
      int[] tokens = new int[16];
      int[] positions = new int[16];
      int[] slots = new int[16];
      for (int slot = 0; slot < 16; slot++) {
        transformer.prefill(slot, 0, Arrays.copyOf(ids, ids.length - slot));
        tokens[slot] = 40 + slot;
        positions[slot] = ids.length - slot;
        slots[slot] = slot;
      }
      float[] together = transformer.decode(tokens, positions, slots);
      for (int slot = 0; slot < 16; slot++) {
        float[] alone =
            transformer.decode(
                new int[] {tokens[slot]}, new int[] {positions[slot]}, new int[] {slot});
        assertThat(alone).containsExactly(row(together, slot));
      }
    }
  }

  @Test
  void aCopiedPrefixGoesOnLikeItsOrigin() throws IOException {
    try (Transformer transformer = tiny()) {
      int[] ids = Goldens.ints(golden.get("input_ids"));
      transformer.prefill(0, 0, ids);
      transformer.copyPrefix(0, 1, ids.length);

      assertThat(transformer.decode(new int[] {7}, new int[] {ids.length}, new int[] {1}))
          .containsExactly(
              transformer.decode(new int[] {7}, new int[] {ids.length}, new int[] {0}));
    }
  }

  private int[] continuation(Transformer transformer, int length, boolean distinct) {
    int[] ids = Goldens.ints(golden.get("input_ids"));
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

  private static Transformer tiny() throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"))) {
      return Transformer.load(file, Weights.FP32, 2, 128);
    }
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
