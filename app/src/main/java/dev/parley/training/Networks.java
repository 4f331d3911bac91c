package dev.parley.training;

import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;

/** Loads networks that learn, or that are only asked. */
public final class Networks {
  private Networks() {}

  /**
   * With all its weights.
   *
   * @param longest most tokens of a sequence
   */
  public static TrainableTransformer whole(Checkpoint network, Processor processor, int longest)
      throws IOException {
    return TrainableTransformer.full(network, processor, weights(processor), longest);
  }

  /** With matrices of low rank beside its weights, which stay as they are. */
  public static TrainableTransformer lora(
      Checkpoint network, Processor processor, int longest, LoraOptions lora) throws IOException {
    return TrainableTransformer.lora(network, processor, weights(processor), longest, lora);
  }

  private static Weights weights(Processor processor) {
    return processor == Processor.CUDA ? processor.usualWeights() : Weights.FP32;
  }
}
