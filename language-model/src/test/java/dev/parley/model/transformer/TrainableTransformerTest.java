package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.parley.model.Goldens;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What learns computes what writes, whatever the family, and its gradients are true. */
class TrainableTransformerTest {
  private static final int VOCABULARY = 512;
  private static final int LONGEST = 128;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma3", "gpt2", "llama-bf16", "llama-sharded", "llama-tied", "llama-untied-rope3",
        "mistral-sliding", "olmo2", "phi3", "qwen2", "qwen3", "smollm3"
      })
  void everyFamilyGivesTheNumbersOfTransformers(String name) throws IOException {
    int[] ids = Goldens.ints(Goldens.json("tiny/" + name + "/golden.json").get("input_ids"));
    float[] expected = logProbs(Goldens.floats("tiny/" + name + "/logits.f32"), ids);
    int[] more = longIds(name);

    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        TrainableTransformer network = full(name, file);
        NDManager step = network.newManager()) {
      float[] found = network.logProbs(step, allOf(List.of(ids, more, ids))).toFloatArray();

      assertThat(Arrays.copyOf(found, ids.length - 1)).containsExactly(expected, within(1e-4f));
      assertThat(Arrays.copyOfRange(found, found.length - ids.length + 1, found.length))
          .containsExactly(expected, within(1e-4f));
      assertThat(network.logProbs(step, allOf(List.of(more))).toFloatArray())
          .containsExactly(
              Arrays.copyOfRange(found, ids.length - 1, found.length - ids.length + 1),
              within(1e-5f));
    }
  }

  /** Along the gradient, the loss changes by the gradient's square for each unit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma3",
        "gpt2",
        "llama-untied-rope3",
        "mistral-sliding",
        "olmo2",
        "phi3",
        "qwen2",
        "qwen3",
        "smollm3"
      })
  void gradientsAreThoseOfFiniteDifferences(String name) throws IOException {
    int[] ids = Goldens.ints(Goldens.json("tiny/" + name + "/golden.json").get("input_ids"));
    TokenBatch batch = allOf(List.of(ids));
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        TrainableTransformer network = full(name, file)) {
      network.learn(step -> network.logProbs(step, batch).mean().neg(), 1);
      network.trained().forEach((weight, array) -> assertDirection(network, batch, weight, array));
    }
  }

  private static void assertDirection(
      TrainableTransformer network, TokenBatch batch, String name, NDArray weight) {
    try (NDManager step = network.newManager()) {
      NDArray gradient = weight.getGradient();
      double square = gradient.square().sum().getFloat();
      float by = (float) (0.004 / Math.sqrt(square));
      double up = lossAfter(network, batch, step, weight, gradient, by);
      double down = lossAfter(network, batch, step, weight, gradient, -by);

      assertThat((up - down) / (2 * by)).as(name).isCloseTo(square, within(0.05 * square));
    }
  }

  private static double lossAfter(
      TrainableTransformer network,
      TokenBatch batch,
      NDManager step,
      NDArray weight,
      NDArray gradient,
      float by) {
    weight.addi(gradient.mul(by));
    double loss = -network.logProbs(step, batch).mean().getFloat();
    weight.subi(gradient.mul(by));
    return loss;
  }

  /** What was trained is written, read again and computed with as any model. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma3",
        "gpt2",
        "llama-tied",
        "llama-untied-rope3",
        "olmo2",
        "phi3",
        "qwen2",
        "qwen3"
      })
  void trainedWeightsWriteWhatTheyLearned(String name, @TempDir Path folder) throws IOException {
    int[] ids = Goldens.ints(Goldens.json("tiny/" + name + "/golden.json").get("input_ids"));
    TokenBatch batch = allOf(List.of(ids));
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        TrainableTransformer full = full(name, file);
        TrainableTransformer lora = lora(name, file, new LoraOptions(4, 8, 0, Set.of(), 3))) {
      for (TrainableTransformer network : List.of(full, lora)) {
        AdamW optimizer = new AdamW(network, AdamW.Options.USUAL);
        for (int i = 0; i < 5; i++) {
          network.learn(step -> network.logProbs(step, batch).mean().neg(), 1);
          optimizer.step(1e-2);
        }
        float[] learned;
        try (NDManager step = network.newManager()) {
          learned = network.logProbs(step, batch).toFloatArray();
        }
        assertThat(written(network, name, ids, folder)).containsExactly(learned, within(2e-4f));
      }
    }
  }

  private static float[] written(TrainableTransformer network, String name, int[] ids, Path folder)
      throws IOException {
    Path path = folder.resolve("model.safetensors");
    try (MemoryTensors weights = network.weights()) {
      SafetensorsWriter.write(path, weights, Map.of("format", "pt"));
    }
    try (SafetensorsFile file = SafetensorsFile.open(path);
        Transformer transformer =
            Transformer.load(checkpoint(name, file), MemoryPlan.onCpu(Weights.FP32, 1, LONGEST))) {
      assertThat(file.metadata()).containsEntry("format", "pt");
      return logProbs(transformer.prefillAll(0, 0, ids), ids);
    }
  }

  @Test
  void matricesOfLowRankChangeNothingAtFirst() throws IOException {
    int[] ids = Goldens.ints(Goldens.json("tiny/phi3/golden.json").get("input_ids"));
    float[] expected = logProbs(Goldens.floats("tiny/phi3/logits.f32"), ids);
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/phi3"));
        TrainableTransformer network = lora("phi3", file, LoraOptions.USUAL);
        NDManager step = network.newManager()) {
      assertThat(network.logProbs(step, allOf(List.of(ids))).toFloatArray())
          .containsExactly(expected, within(1e-4f));
      assertThat(network.trained().keySet())
          .allMatch(name -> name.endsWith(".lora_a") || name.endsWith(".lora_b"));
    }
  }

  @Test
  void anUnknownTargetIsNamedBesideThoseThereAre() throws IOException {
    LoraOptions wrong = new LoraOptions(8, 16, 0, Set.of("q_proj", "qproj"), 1);
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/llama-tied"))) {
      assertThatThrownBy(() -> lora("llama-tied", file, wrong))
          .hasMessage(
              "LoRA of qproj: this model has down_proj, gate_proj, k_proj, o_proj, q_proj, up_proj,"
                  + " v_proj");
    }
  }

  @Test
  void aSequenceThatIsTooLongIsRefused() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/llama-tied"));
        TrainableTransformer network = full("llama-tied", file);
        NDManager step = network.newManager()) {
      assertThatThrownBy(() -> network.logProbs(step, allOf(List.of(new int[LONGEST + 1]))))
          .hasMessage("a sequence has 129 tokens, at most 128 fit");
    }
  }

  /** Behind the last norm and the head they are what the network itself says. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama-tied", "mistral-sliding", "qwen2"})
  void statesAfterAllLayersGiveTheNetworksOwnNumbers(String name) throws IOException {
    int[] ids = longIds(name);
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name));
        TrainableTransformer network = full(name, file);
        NDManager step = network.newManager()) {
      NDArray states =
          network.states(step, TokenBatch.afterFirst(List.of(ids, ids)), network.layers());

      NDArray head = network.addVector("test", random(network.width()));
      float[] expected =
          network.hidden(step, TokenBatch.ofEnds(prefixes(ids))).matMul(head).toFloatArray();
      float[] scores = normed(network, states, name.equals("gpt2")).matMul(head).toFloatArray();

      assertThat(Arrays.copyOf(scores, expected.length)).containsExactly(expected, within(1e-3f));
      assertThat(Arrays.copyOfRange(scores, expected.length, scores.length))
          .containsExactly(expected, within(1e-3f));
    }
  }

  @Test
  void statesAfterNoLayerAreTheEmbedding() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/llama-tied"));
        TrainableTransformer network = full("llama-tied", file);
        NDManager step = network.newManager()) {
      NDArray embedding = network.weight(WeightNames.EMBEDDING).orElseThrow();

      NDArray states = network.states(step, TokenBatch.afterFirst(List.of(new int[] {3, 7})), 0);

      assertThat(states.toFloatArray()).isEqualTo(embedding.get(7).toFloatArray());
      assertThatThrownBy(
              () -> network.states(step, TokenBatch.afterFirst(List.of(new int[] {3, 7})), 99))
          .hasMessage("there are %d layers, not 99".formatted(network.layers()));
    }
  }

  /** As each of them ends, but for the first alone. */
  private static List<int[]> prefixes(int[] ids) {
    return IntStream.rangeClosed(2, ids.length).mapToObj(end -> Arrays.copyOf(ids, end)).toList();
  }

  private static float[] random(int width) {
    Random random = new Random(1);
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static NDArray normed(TrainableTransformer network, NDArray states, boolean centred) {
    NDArray weight = network.weight(WeightNames.FINAL_NORM).orElseThrow();
    NDArray x = centred ? states.sub(states.mean(new int[] {1}, true)) : states;
    NDArray scale = x.square().mean(new int[] {1}, true).add(network.config().epsilon()).sqrt();
    NDArray normed = x.div(scale).mul(weight);
    return centred
        ? normed.add(network.weight(WeightNames.biasOf(WeightNames.FINAL_NORM)).orElseThrow())
        : normed;
  }

  /** Computing in bf16 is near what fp32 gives, and the weights that change stay fp32. */
  @Test
  void computesWithHalfPrecisionWhereThatIsWanted() throws IOException {
    int[] ids = Goldens.ints(Goldens.json("tiny/llama-tied/golden.json").get("input_ids"));
    float[] expected = logProbs(Goldens.floats("tiny/llama-tied/logits.f32"), ids);
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/llama-tied"));
        TrainableTransformer network =
            TrainableTransformer.full(
                checkpoint("llama-tied", file), Processor.CPU, Weights.BF16, LONGEST)) {
      double before =
          network.learn(step -> network.logProbs(step, allOf(List.of(ids))).mean().neg(), 1);
      double exact =
          -IntStream.range(0, expected.length)
              .mapToDouble(i -> expected[i])
              .average()
              .orElseThrow();
      assertThat(before).isCloseTo(exact, within(0.05));
      AdamW optimizer = new AdamW(network, AdamW.Options.USUAL);
      optimizer.step(1e-3);
      double after =
          network.learn(step -> network.logProbs(step, allOf(List.of(ids))).mean().neg(), 1);
      assertThat(after).isLessThan(before);
    }
  }

  private static int[] longIds(String name) {
    return Goldens.ints(Goldens.json("tiny/" + name + "/golden-more.json").at("/long_input/ids"));
  }

  private static TokenBatch allOf(List<int[]> sequences) {
    return TokenBatch.ofTokens(
        sequences,
        sequences.stream()
            .map(
                ids -> {
                  boolean[] all = new boolean[ids.length];
                  Arrays.fill(all, true);
                  return all;
                })
            .toList());
  }

  /** Of each token but the first, by the logits of the one before. */
  static float[] logProbs(float[] logits, int[] ids) {
    float[] logProbs = new float[ids.length - 1];
    for (int i = 0; i < logProbs.length; i++) {
      int row = i * VOCABULARY;
      double sum = 0;
      for (int token = 0; token < VOCABULARY; token++) {
        sum += Math.exp(logits[row + token]);
      }
      logProbs[i] = (float) (logits[row + ids[i + 1]] - Math.log(sum));
    }
    return logProbs;
  }

  private static TrainableTransformer full(String name, SafetensorsFile file) throws IOException {
    return TrainableTransformer.full(checkpoint(name, file), Processor.CPU, Weights.FP32, LONGEST);
  }

  private static TrainableTransformer lora(String name, SafetensorsFile file, LoraOptions options)
      throws IOException {
    return TrainableTransformer.lora(
        checkpoint(name, file), Processor.CPU, Weights.FP32, LONGEST, options);
  }

  private static Checkpoint checkpoint(String name, SafetensorsFile file) throws IOException {
    return Checkpoint.of(file, JsonFile.read(Goldens.path("tiny/" + name + "/config.json")));
  }
}
