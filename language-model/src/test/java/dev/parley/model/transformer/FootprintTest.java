package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of llama-tied: three layers, 64 wide, 4 heads of 16 and 2 for keys, 128 inside, 512 tokens. */
class FootprintTest {
  private static final int NORMS = 7 * 64 * 4;
  private static final int ROTARIES = 2 * 100 * 16 * 4;

  private static Footprint llama(Processor processor, Weights weights) throws IOException {
    return of("llama-tied.F32", processor, weights);
  }

  private static Footprint of(String name, Processor processor, Weights weights)
      throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/" + name + ".gguf"))) {
      return Footprint.of(Checkpoint.of(file), plan(processor, weights), 64);
    }
  }

  private static MemoryPlan plan(Processor processor, Weights weights) {
    return new MemoryPlan(processor, 0, weights, 4, 100, processor == Processor.CUDA, "");
  }

  @Test
  void packedProjectionsFillBlocksOf512Inputs() throws IOException {
    int outputs = 3 * (128 + 64 + 256 + 64) + 512;

    assertThat(llama(Processor.CPU, Weights.FP16).weights())
        .isEqualTo(outputs * 512 * 2 + NORMS + ROTARIES);
  }

  @Test
  void otherWeightsAreAsLargeAsTheyAre() throws IOException {
    int numbers = 3 * (128 * 64 + 64 * 64 + 256 * 64 + 64 * 128) + 512 * 64;

    assertThat(llama(Processor.CPU, Weights.FP32).weights())
        .isEqualTo(numbers * 4 + NORMS + ROTARIES);
    assertThat(llama(Processor.CPU, Weights.BF16).weights())
        .isEqualTo(numbers * 2 + NORMS + ROTARIES);
    assertThat(llama(Processor.CUDA, Weights.FP16).weights())
        .isEqualTo(numbers * 2 + NORMS + ROTARIES);
  }

  /** GPT-2: every projection has a bias and every norm too; positions are learned. */
  @Test
  void biasesAndLearnedPositionsCount() throws IOException {
    int layer = 192 + 64 + 256 + 64;
    int head = 512;

    Footprint gpt2 = of("gpt2.Q8_0", Processor.CPU, Weights.FP16);

    assertThat(gpt2.weights())
        .isEqualTo((3 * layer + head) * 512 * 2 + 3 * layer * 4 + 7 * 2 * 64 * 4);
    assertThat(gpt2.embedding()).isEqualTo(512 * 64 / 32 * 34 + 256 * 64 * 2); // Q8_0, F16
  }

  @Test
  void theHeadIsDecodedBesideOneMatrixForEachHelper() throws IOException {
    assertThat(llama(Processor.CPU, Weights.FP16).loading())
        .isEqualTo((512 * 64 + WeightLoader.helpers() * 256 * 64) * 4L);
  }

  /** As transformers keeps those of GPT-2. */
  @Test
  void aMatrixThatIsTurnedIsThereTwice() throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"))) {
      TransformerConfig config = Checkpoint.of(file).config();

      assertThat(Footprint.loading(config, false, 3)).isEqualTo((512 * 64 + 3 * 256 * 64) * 4L);
      assertThat(Footprint.loading(config, true, 3)).isEqualTo((512 * 64 + 6 * 256 * 64) * 4L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCacheIsAsLargeAsTheTransformersIs(Weights weights) throws IOException {
    Footprint footprint = llama(Processor.CPU, weights);
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"));
        Transformer transformer =
            Transformer.load(Checkpoint.of(file), MemoryPlan.onCpu(weights, 1, 100))) {
      assertThat(footprint.cachePerToken()).isEqualTo(transformer.cacheBytesPerToken());
    }
    assertThat(footprint.cache()).isEqualTo(footprint.cachePerToken() * 4 * 100);
  }
}
