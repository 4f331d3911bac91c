package dev.parley.pipeline;

import dev.parley.model.engine.ModelParts;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;

/** Loads networks that learn, or that are only asked. */
final class Networks {
  private Networks() {}

  /**
   * With matrices of low rank beside its weights.
   *
   * @param longest most tokens of a sequence
   */
  static TrainableTransformer lora(
      ModelParts parts, Processor processor, PipelineOptions options, int longest)
      throws IOException {
    Weights compute = processor == Processor.CUDA ? processor.usualWeights() : Weights.FP32;
    return TrainableTransformer.lora(
        parts.checkpoint(), processor, compute, longest, options.lora());
  }
}
