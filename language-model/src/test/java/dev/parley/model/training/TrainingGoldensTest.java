package dev.parley.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.Goldens;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.Tensor;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.TokenBatch;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five steps each, beside those of PyTorch with transformers in fp32. */
class TrainingGoldensTest {
  private static final double TOLERANCE = 1e-4;
  private static final LoraOptions LORA = new LoraOptions(4, 8, 0, Set.of("q_proj", "v_proj"), 1);

  private final JsonNode golden = Goldens.json("training/golden.json");
  private final List<int[]> sequences = rows("ids", Goldens::ints);
  private final List<boolean[]> masks =
      rows(
          "loss_mask",
          row -> {
            boolean[] mask = new boolean[row.size()];
            IntStream.range(0, mask.length).forEach(i -> mask[i] = row.get(i).asInt() == 1);
            return mask;
          });

  @ParameterizedTest
  @CsvSource({"golden.json, 1e-3", "golden-more.json, 1e-5"})
  void supervisedFineTuning(String file, double rate) throws IOException {
    try (TinyNetwork llama = TinyNetwork.full()) {
      TokenBatch batch = answers();
      assertSteps(
          llama.network(),
          Goldens.json("training/" + file).get("sft"),
          rate,
          AdamW.Options.USUAL,
          step -> Losses.crossEntropy(llama.network().logProbs(step, batch)));
    }
  }

  @ParameterizedTest
  @CsvSource({"golden.json, 1e-3", "golden-more.json, 1e-5"})
  void lowRankMatricesAlone(String file, double rate) throws IOException {
    try (TinyNetwork llama = TinyNetwork.lora(LORA);
        SafetensorsFile begin =
            SafetensorsFile.open(Goldens.path("training/lora_init.safetensors"))) {
      for (int layer = 0; layer < 3; layer++) {
        for (String part : List.of("query", "value")) {
          String name = "layers.%d.%s.lora_".formatted(layer, part);
          String stored = "%d.%s_proj.".formatted(layer, part.charAt(0));
          set(llama.network(), name + "a", begin.tensor(stored + "A"));
          set(llama.network(), name + "b", begin.tensor(stored + "B"));
        }
      }
      TokenBatch batch = answers();
      assertSteps(
          llama.network(),
          Goldens.json("training/" + file).get("lora"),
          rate,
          AdamW.Options.USUAL.withDecay(0),
          step -> Losses.crossEntropy(llama.network().logProbs(step, batch)));
    }
  }

  @ParameterizedTest
  @CsvSource({"golden.json, 1e-3", "golden-more.json, 1e-5"})
  void aRewardModel(String file, double rate) throws IOException {
    try (TinyNetwork llama = TinyNetwork.full();
        SafetensorsFile begin =
            SafetensorsFile.open(Goldens.path("training/reward_head.safetensors"))) {
      NDArray head = llama.network().addVector("reward", begin.tensor("head").floats());
      TokenBatch ends = TokenBatch.ofEnds(withoutPadding());
      try (NDManager step = llama.network().newManager()) {
        assertThat(llama.network().hidden(step, ends).matMul(head).toFloatArray())
            .containsExactly(
                floats(golden.at("/reward_model/initial_rewards")), within((float) TOLERANCE));
      }
      assertSteps(
          llama.network(),
          Goldens.json("training/" + file).get("reward_model"),
          rate,
          AdamW.Options.USUAL,
          step -> {
            NDArray scores = llama.network().hidden(step, ends).matMul(head);
            return Losses.pairwise(scores.get("0::2"), scores.get("1::2"), 0);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"golden.json, 1e-3", "golden-more.json, 1e-5"})
  void directPreferenceOptimization(String file, double rate) throws IOException {
    try (TinyNetwork llama = TinyNetwork.full()) {
      TokenBatch batch = answers();
      double beta = golden.at("/dpo/beta").asDouble();
      float[] before;
      try (NDManager step = llama.network().newManager()) {
        before = sums(step, llama.network(), batch).toFloatArray();
      }
      assertThat(before)
          .containsExactly(floats(golden.at("/dpo/reference_logprobs")), within((float) TOLERANCE));
      assertSteps(
          llama.network(),
          Goldens.json("training/" + file).get("dpo"),
          rate,
          AdamW.Options.USUAL,
          step -> {
            NDArray now = sums(step, llama.network(), batch);
            NDArray reference = step.create(before);
            return Losses.directPreference(
                now.get("0::2"),
                now.get("1::2"),
                reference.get("0::2"),
                reference.get("1::2"),
                beta);
          });
    }
  }

  @Test
  void advantagesOfOneEpisode() {
    JsonNode gae = golden.get("gae");
    double[] rewards = doubles(gae.get("rewards"));
    Advantages found =
        Advantages.estimate(
            rewards,
            doubles(gae.get("values")),
            new boolean[rewards.length],
            gae.get("gamma").asDouble(),
            gae.get("lam").asDouble());
    assertClose(found.advantages(), gae.get("advantages"));
    assertClose(found.returns(), gae.get("returns"));
    assertClose(Advantages.whitened(found.advantages()), golden.at("/ppo/whitened_advantages"));
  }

  @Test
  void advantagesAcrossEnds() {
    JsonNode gae = Goldens.json("training/golden-more.json").get("gae_with_ends");
    double[] done = doubles(gae.get("done"));
    boolean[] ends = new boolean[done.length];
    IntStream.range(0, ends.length).forEach(i -> ends[i] = done[i] == 1);
    Advantages found =
        Advantages.estimate(
            doubles(gae.get("rewards")),
            doubles(gae.get("values")),
            ends,
            gae.get("gamma").asDouble(),
            gae.get("lam").asDouble());
    assertClose(found.advantages(), gae.get("advantages"));
    assertClose(found.returns(), gae.get("returns"));
  }

  @Test
  void rewardsWithTheirLeash() {
    JsonNode shaped = Goldens.json("training/golden-more.json").get("kl_shaped_rewards");
    assertClose(
        Advantages.rewards(
            doubles(shaped.get("logprob")),
            doubles(shaped.get("logprob_ref")),
            shaped.get("beta").asDouble(),
            shaped.get("score").asDouble()),
        shaped.get("rewards"));
  }

  @Test
  void clippedObjectives() {
    JsonNode ppo = golden.get("ppo");
    JsonNode gae = golden.get("gae");
    double[] values = doubles(gae.get("values"));
    try (NDManager arrays = NDManager.newBaseManager()) {
      double policy =
          Losses.clippedPolicy(
                  arrays.create(doubles(ppo.get("logprob_new"))),
                  arrays.create(doubles(ppo.get("logprob_old"))),
                  arrays.create(doubles(gae.get("advantages"))),
                  ppo.get("clip").asDouble())
              .getDouble();
      double value =
          Losses.clippedValue(
                  arrays.create(doubles(ppo.get("value_new"))),
                  arrays.create(Arrays.copyOf(values, values.length - 1)),
                  arrays.create(doubles(gae.get("returns"))),
                  ppo.get("value_clip").asDouble())
              .getDouble();

      assertThat(policy).isCloseTo(ppo.get("policy_loss").asDouble(), within(1e-6));
      assertThat(value).isCloseTo(ppo.get("value_loss").asDouble(), within(1e-6));
    }
  }

  @Test
  void estimatesOfTheDivergence() {
    JsonNode ppo = golden.get("ppo");
    double[] now = doubles(ppo.get("logprob_new"));
    double[] reference = doubles(ppo.get("logprob_ref"));
    IntStream all = IntStream.range(0, now.length);
    assertClose(
        all.mapToDouble(i -> Divergence.k1(now[i], reference[i])).toArray(), ppo.get("kl_k1"));
    assertClose(
        IntStream.range(0, now.length)
            .mapToDouble(i -> Divergence.k3(now[i], reference[i]))
            .toArray(),
        ppo.get("kl_k3"));
  }

  private TokenBatch answers() {
    return TokenBatch.ofTokens(sequences, masks);
  }

  private List<int[]> withoutPadding() {
    int[] lengths = Goldens.ints(golden.at("/batch/lengths"));
    return IntStream.range(0, lengths.length)
        .mapToObj(i -> Arrays.copyOf(sequences.get(i), lengths[i]))
        .toList();
  }

  private static NDArray sums(NDManager step, TrainableTransformer network, TokenBatch batch) {
    NDArray membership = step.create(batch.membership(), new Shape(batch.size(), batch.rowCount()));
    return membership.matMul(network.logProbs(step, batch));
  }

  private <T> List<T> rows(String name, Function<JsonNode, T> read) {
    return golden.get("batch").get(name).valueStream().map(read).toList();
  }

  private static double[] doubles(JsonNode array) {
    return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) array.get(i).asDouble());
    return floats;
  }

  private static void assertClose(double[] found, JsonNode expected) {
    assertThat(found).containsExactly(doubles(expected), within(1e-6));
  }

  private static void set(TrainableTransformer network, String name, Tensor values) {
    NDArray array = Objects.requireNonNull(network.trained().get(name), name);
    assertThat(array.getShape().getShape()).isEqualTo(values.shape());
    network.assign(array, values.floats());
  }

  private static void assertSteps(
      TrainableTransformer network,
      JsonNode expected,
      double rate,
      AdamW.Options options,
      Function<NDManager, NDArray> loss) {
    AdamW optimizer = new AdamW(network, options);
    for (JsonNode step : expected.get("steps")) {
      double found = network.learn(loss, 1);
      double norm = optimizer.step(rate);

      double expectedNorm = step.get("grad_norm").asDouble();
      assertThat(found).isCloseTo(step.get("loss").asDouble(), within(TOLERANCE));
      assertThat(norm).isCloseTo(expectedNorm, within(TOLERANCE * Math.max(1, expectedNorm)));
    }
  }
}
