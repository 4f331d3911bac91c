package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformerTest {
  private final int[] ids =
      Goldens.ints(Goldens.json("tiny/llama-tied/golden.json").get("input_ids"));

  /** So that a seeded answer is the same alone and in a crowd. */
  @ParameterizedTest
  @EnumSource(names = {"FP16", "BF16"})
  void aRowDoesNotDependOnWhoElseIsInTheBatch(Weights weights) throws IOException {
    try (GgufFile file = tiny();
        Transformer transformer = load(file, weights, 16)) {
      int[] tokens = new int[16];
      int[] positions = new int[16];
      int[] slots = new int[16];
      for (int slot = 0; slot < 16; slot++) {
        transformer.prefill(slot, 0, Arrays.copyOf(ids, ids.length - slot));
        tokens[slot] = 40 + slot;
        positions[slot] = ids.length - slot;
        slots[slot] = slot;
      }
      float[] together = transformer.decode(tokens, positions, slots, true);
      int vocabulary = transformer.vocabulary();
      for (int slot = 0; slot < 16; slot++) {
        float[] alone =
            transformer.decode(
                new int[] {tokens[slot]}, new int[] {positions[slot]}, new int[] {slot}, true);
        assertThat(alone)
            .containsExactly(
                Arrays.copyOfRange(together, slot * vocabulary, (slot + 1) * vocabulary));
      }
    }
  }

  /** bf16 keeps eight bits of a number, fp16 eleven; the logits reach 2.5. */
  @ParameterizedTest
  @EnumSource(names = {"FP16", "BF16"})
  void halfPrecisionStaysNear(Weights weights) throws IOException {
    try (GgufFile file = tiny();
        Transformer exact = load(file, Weights.FP32, 1);
        Transformer half = load(file, weights, 1)) {
      float[] expected = exact.prefill(0, 0, ids);
      float[] found = half.prefill(0, 0, ids);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(0.05f));
      }
    }
  }

  @Test
  void aCopiedPrefixGoesOnLikeItsOrigin() throws IOException {
    try (GgufFile file = tiny();
        Transformer transformer = load(file, Weights.FP32, 2)) {
      transformer.prefill(0, 0, ids);
      transformer.copyPrefix(0, 1, ids.length);

      assertThat(transformer.decode(new int[] {7}, new int[] {ids.length}, new int[] {1}, false))
          .containsExactly(
              transformer.decode(new int[] {7}, new int[] {ids.length}, new int[] {0}, false));
    }
  }

  private static GgufFile tiny() throws IOException {
    return GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"));
  }

  private static Transformer load(GgufFile file, Weights weights, int slots) throws IOException {
    return Transformer.load(Checkpoint.of(file), MemoryPlan.onCpu(weights, slots, 128));
  }
}
