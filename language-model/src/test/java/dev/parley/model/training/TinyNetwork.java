package dev.parley.model.training;

import dev.parley.model.Goldens;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.util.Optional;

/** The reference model that the goldens were made with, to be trained. */
record TinyNetwork(SafetensorsFile file, TrainableTransformer network) implements AutoCloseable {
  static final int LONGEST = 64;

  static TinyNetwork full() throws IOException {
    return load(Optional.empty(), Weights.FP32);
  }

  /** Computes as a card does, and keeps its weights in fp32. */
  static TinyNetwork halfPrecision() throws IOException {
    return load(Optional.empty(), Weights.BF16);
  }

  static TinyNetwork lora(LoraOptions options) throws IOException {
    return load(Optional.of(options), Weights.FP32);
  }

  private static TinyNetwork load(Optional<LoraOptions> lora, Weights compute) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(Goldens.path("tiny/llama-tied"));
    Checkpoint checkpoint =
        Checkpoint.of(file, JsonFile.read(Goldens.path("tiny/llama-tied/config.json")));
    return new TinyNetwork(
        file,
        lora.isPresent()
            ? TrainableTransformer.lora(checkpoint, Processor.CPU, compute, LONGEST, lora.get())
            : TrainableTransformer.full(checkpoint, Processor.CPU, compute, LONGEST));
  }

  @Override
  public void close() {
    network.close();
    file.close();
  }
}
