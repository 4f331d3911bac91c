package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was trained beside a network is added to it when it is loaded. */
class AdapterTest {
  private static final LoraOptions SOME = new LoraOptions(4, 8, 0, Set.of(), 1);
  private static final int LONGEST = 64;

  private final int[] ids =
      Goldens.ints(Goldens.json("tiny/llama-tied/golden.json").get("input_ids"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "gpt2", "llama-tied", "olmo2", "phi3", "qwen2"})
  void aLoadedAdapterWritesWhatWasLearned(String name) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + name))) {
      Checkpoint checkpoint = checkpoint(name, file);
      float[] learned = train(checkpoint, SOME, folder, Goldens.path("tiny/" + name));

      assertThat(written(checkpoint, folder)).containsExactly(learned, within(2e-4f));
      assertThat(Adapter.isIn(folder)).isTrue();
      assertThat(Adapter.base(folder)).isEqualTo(Goldens.path("tiny/" + name));
    }
  }

  /** Its rows of query and key stand in another order. */
  @Test
  void aGgufFileTakesTheSameAdapterAsItsTwin() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/llama-tied"));
        GgufFile twin = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"))) {
      float[] learned =
          train(checkpoint("llama-tied", file), SOME, folder, Goldens.path("tiny/llama-tied"));

      assertThat(written(Checkpoint.of(twin), folder)).containsExactly(learned, within(2e-4f));
    }
  }

  @Test
  void whatIsTrainedBesideAnAdapterIsWrittenTogetherWithIt() throws IOException {
    Path second = folder.resolve("second");
    Path base = Goldens.path("tiny/llama-tied");
    try (SafetensorsFile file = SafetensorsFile.open(base)) {
      Checkpoint checkpoint = checkpoint("llama-tied", file);
      train(checkpoint, SOME, folder, base);
      float[] learned;
      try (Adapter first = Adapter.open(folder)) {
        LoraOptions other = new LoraOptions(2, 2, 0, Set.of("q_proj", "up_proj"), 2);
        learned = train(checkpoint.with(first), other, second, base);
      }

      assertThat(written(checkpoint, second)).containsExactly(learned, within(2e-4f));
      assertThat(JsonFile.read(second.resolve(Adapter.CONFIG)).integer("r")).hasValue(6);
    }
  }

  @Test
  void anotherModelsAdapterIsRefused() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/qwen2"));
        SafetensorsFile other = SafetensorsFile.open(Goldens.path("tiny/gpt2"))) {
      train(checkpoint("gpt2", other), SOME, folder, Goldens.path("tiny/gpt2"));
      try (Adapter adapter = Adapter.open(folder)) {
        Checkpoint checkpoint = checkpoint("qwen2", file);

        assertThatThrownBy(() -> checkpoint.with(adapter))
            .isInstanceOf(ModelFormatException.class)
            .hasMessageContaining("expected a projection of the model, found none");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"peft_type\": \"IA3\", \"r\": 4}",
        "{\"peft_type\": \"LORA\", \"r\": 0}",
        "{\"peft_type\": \"LORA\"}",
        "{\"peft_type\": \"LORA\", \"r\": 4, \"use_dora\": true}",
        "{\"peft_type\": \"LORA\", \"r\": 4, \"bias\": \"all\"}",
        "{\"peft_type\": \"LORA\", \"r\": 4, \"rank_pattern\": {\"q_proj\": 8}}",
        "{\"peft_type\": \"LORA\", \"r\": 4, \"modules_to_save\": [\"lm_head\"]}",
        "[]",
        "nonsense"
      })
  void whatThisVersionDoesNotAddIsNamed(String config) throws IOException {
    Files.writeString(folder.resolve(Adapter.CONFIG), config);
    Files.copy(Goldens.path("tiny/llama-tied/model.safetensors"), folder.resolve(Adapter.WEIGHTS));

    assertThatThrownBy(() -> Adapter.open(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(Adapter.CONFIG);
  }

  private float[] train(Checkpoint checkpoint, LoraOptions options, Path to, Path base)
      throws IOException {
    boolean[] all = new boolean[ids.length];
    Arrays.fill(all, true);
    TokenBatch batch = TokenBatch.ofTokens(List.of(ids), List.of(all));
    try (TrainableTransformer network =
            TrainableTransformer.lora(checkpoint, Processor.CPU, Weights.FP32, LONGEST, options);
        NDManager step = network.newManager()) {
      AdamW optimizer = new AdamW(network, AdamW.Options.USUAL);
      for (int i = 0; i < 5; i++) {
        network.learn(arrays -> network.logProbs(arrays, batch).mean().neg(), 1);
        optimizer.step(1e-2);
      }
      AdapterFolder.write(network, to, base);
      return network.logProbs(step, batch).toFloatArray();
    }
  }

  private float[] written(Checkpoint checkpoint, Path from) throws IOException {
    try (Adapter adapter = Adapter.open(from);
        Transformer transformer =
            Transformer.load(
                checkpoint.with(adapter), MemoryPlan.onCpu(Weights.FP32, 1, LONGEST))) {
      return TrainableTransformerTest.logProbs(transformer.prefillAll(0, 0, ids), ids);
    }
  }

  private static Checkpoint checkpoint(String name, SafetensorsFile file) throws IOException {
    return Checkpoint.of(file, JsonFile.read(Goldens.path("tiny/" + name + "/config.json")));
  }
}
