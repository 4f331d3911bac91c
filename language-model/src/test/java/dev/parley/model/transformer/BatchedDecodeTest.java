package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.Goldens;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.SafetensorsFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of a card, computed here in fp32: they give what the steps of a processor give. */
class BatchedDecodeTest {
  private static final float TOLERANCE = 1e-4f;
  private static final float NEAR = 0.05f;
  private static final int SLOTS = 9;
  private static final int STEPS = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma3",
        "gpt2",
        "llama-tied",
        "llama-untied-rope3",
        "mistral-sliding",
        "olmo2",
        "phi3",
        "qwen2",
        "qwen3",
        "smollm3"
      })
  void allSequencesTogetherGiveWhatEachGivesRowByRow(String name) throws IOException {
    JsonFile shape = JsonFile.read(Goldens.path("tiny/" + name + "/config.json"));
    MemoryPlan plan = MemoryPlan.onCpu(Weights.FP32, SLOTS, 128);
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        Transformer rowByRow = Transformer.load(Checkpoint.of(file, shape), plan);
        Transformer batched = Transformer.load(Checkpoint.of(file, shape), plan.asBatched())) {
      for (int rows : new int[] {1, 2, 3, 5, SLOTS}) {
        assertSame(rowByRow, batched, rows, TOLERANCE);
      }
    }
  }

  /** Prompts from one token to more than the windows have, in slots of any order with gaps. */
  private static void assertSame(
      Transformer rowByRow, Transformer batched, int rows, float tolerance) {
    Random random = new Random(rows);
    List<Integer> order = IntStream.range(0, SLOTS).boxed().collect(Collectors.toList());
    Collections.shuffle(order, random);
    int[] slots = order.subList(0, rows).stream().mapToInt(Integer::intValue).toArray();
    int[] positions = new int[rows];
    for (int row = 0; row < rows; row++) {
      int[] prompt = random.ints(1 + random.nextInt(row == 0 ? 110 : 60), 3, 500).toArray();
      rowByRow.prefill(slots[row], 0, prompt);
      batched.prefill(slots[row], 0, prompt);
      positions[row] = prompt.length;
    }
    for (int step = 0; step < STEPS; step++) {
      int[] ids = random.ints(rows, 3, 500).toArray();
      float[] expected = rowByRow.decode(ids, positions, slots, false);

      assertClose(batched.decodeBatch(ids, positions, slots), expected, tolerance);

      Arrays.setAll(positions, row -> positions[row] + 1);
    }
  }

  /** With the weights and the cache of cards. bf16 keeps eight bits of a number, fp16 eleven. */
  @ParameterizedTest
  @CsvSource({
    "gemma3, BF16",
    "gemma3, FP16",
    "gpt2, BF16",
    "gpt2, FP16",
    "mistral-sliding, BF16",
    "mistral-sliding, FP16",
    "qwen3, BF16",
    "qwen3, FP16"
  })
  void halfPrecisionStaysNear(String name, Weights weights) throws IOException {
    JsonFile shape = JsonFile.read(Goldens.path("tiny/" + name + "/config.json"));
    MemoryPlan exact = MemoryPlan.onCpu(Weights.FP32, SLOTS, 128);
    MemoryPlan half = MemoryPlan.onCpu(weights, SLOTS, 128).asBatched();
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        Transformer rowByRow = Transformer.load(Checkpoint.of(file, shape), exact);
        Transformer batched = Transformer.load(Checkpoint.of(file, shape), half)) {
      assertSame(rowByRow, batched, SLOTS, NEAR);
    }
  }

  private static void assertClose(float[] found, float[] expected, float tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    float worst = 0;
    for (int i = 0; i < found.length; i++) {
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    assertThat(worst).isLessThan(tolerance);
  }
}
