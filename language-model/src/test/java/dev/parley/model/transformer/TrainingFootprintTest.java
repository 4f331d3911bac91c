package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import dev.parley.model.Goldens;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.SafetensorsFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingFootprintTest {
  private static final int LONGEST = 32;

  @ParameterizedTest
  @ValueSource(strings = {"llama-tied", "llama-untied-rope3", "gpt2", "gemma3", "phi3"})
  void whatIsTrainedIsWhatTheNetworkHas(String model) throws IOException {
    for (Optional<LoraOptions> lora :
        List.of(Optional.<LoraOptions>empty(), Optional.of(LoraOptions.USUAL))) {
      try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/" + model))) {
        Checkpoint checkpoint =
            Checkpoint.of(file, JsonFile.read(Goldens.path("tiny/" + model + "/config.json")));
        TrainingFootprint need = TrainingFootprint.of(checkpoint, lora, 100, LONGEST);
        try (TrainableTransformer network =
            lora.isPresent()
                ? TrainableTransformer.lora(
                    checkpoint, Processor.CPU, Weights.FP32, LONGEST, lora.get())
                : TrainableTransformer.full(checkpoint, Processor.CPU, Weights.FP32, LONGEST)) {
          assertThat(need.numbers())
              .isEqualTo(network.trained().values().stream().mapToLong(NDArray::size).sum());
        }
        assertThat(need.learning())
            .isEqualTo(need.numbers() * Float.BYTES * (lora.isPresent() ? 4 : 3));
        assertThat(TrainingFootprint.of(checkpoint, lora, 200, LONGEST).activations())
            .isEqualTo(2 * need.activations());
      }
    }
  }

  @Test
  void aTargetThatIsNoProjectionIsNamed() throws IOException {
    LoraOptions wrong = new LoraOptions(8, 16, 0, Set.of("c_attn"), 1);
    try (SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/llama-tied"))) {
      Checkpoint checkpoint =
          Checkpoint.of(file, JsonFile.read(Goldens.path("tiny/llama-tied/config.json")));

      assertThatThrownBy(() -> TrainingFootprint.of(checkpoint, Optional.of(wrong), 1, LONGEST))
          .hasMessageContaining("c_attn");
    }
  }
}
