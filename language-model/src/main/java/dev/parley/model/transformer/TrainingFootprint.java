package dev.parley.model.transformer;

import dev.parley.model.file.ModelFormatException;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.util.List;
import java.util.Optional;

/**
 * The memory that training a network takes at most, in bytes, as the header of its file tells.
 *
 * @param weights all of them, in fp32
 * @param learning gradients and the two means of {@link AdamW} of what is trained; of low rank, the
 *     matrices too
 * @param activations what a step keeps for its gradients
 * @param numbers how many are trained
 */
public record TrainingFootprint(long weights, long learning, long activations, long numbers) {
  /**
   * What training will take.
   *
   * @param lora what is trained; all weights where empty
   * @param tokens most that are computed together
   * @param longest most tokens of a sequence
   * @throws IllegalArgumentException where a target of low rank is no projection of this network
   */
  public static TrainingFootprint of(
      Checkpoint checkpoint, Optional<LoraOptions> lora, int tokens, int longest)
      throws ModelFormatException {
    TransformerConfig config = checkpoint.config();
    long all = count(checkpoint);
    long rotaries = 2L * config.rotaries().size() * longest * config.headDim();
    long numbers = lora.isPresent() ? Adapters.count(config, lora.get()) : all;
    int copies = lora.isPresent() ? 4 : 3;
    return new TrainingFootprint(
        (all + rotaries) * Float.BYTES,
        numbers * Float.BYTES * copies,
        tokens * perToken(config) * Float.BYTES,
        numbers);
  }

  /** Bytes of all weights, where none is trained. */
  public static long weights(Checkpoint checkpoint) throws ModelFormatException {
    return count(checkpoint) * Float.BYTES;
  }

  /** All weights there are. */
  private static long count(Checkpoint checkpoint) throws ModelFormatException {
    TransformerConfig config = checkpoint.config();
    int perNorm = config.family().layerNorm() ? 2 : 1;
    long layer = 0;
    for (List<LayerPart> parts : config.projections()) {
      for (LayerPart part : parts) {
        long outputs = config.shapeOf(part)[0];
        layer += outputs * (config.shapeOf(part)[1] + (config.biased().contains(part) ? 1 : 0));
      }
    }
    for (LayerPart part : config.norms()) {
      layer += perNorm * config.shapeOf(part)[0];
    }
    long ends = checkpoint.embedding().elements() + perNorm * (long) config.width();
    if (checkpoint.positions().isPresent()) {
      ends += checkpoint.positions().get().elements();
    }
    if (!checkpoint.tied()) {
      ends += checkpoint.head().elements();
    }
    return config.layers().size() * layer + ends;
  }

  /**
   * Numbers that are kept of a token: in each layer the norms' input and output, queries, keys and
   * values before and after they are turned and spread over all heads, and what flows in the
   * feed-forward; at the end the logits, their logarithms, and the gradients of both. The factors
   * are measured: 4.6 GB of the default model with 1,024 tokens at once, where this says 4.8.
   */
  private static long perToken(TransformerConfig config) {
    long inner = config.feedForward() * (config.family().gated() ? 6L : 3L);
    long attention = 10 * (config.queryWidth() + 2 * config.keyWidth());
    long layer = 14L * config.width() + attention + inner;
    return config.layers().size() * layer + 4L * config.vocabulary();
  }

  /** Bytes of the keys and values of so many tokens, where they are fp32. */
  public static long cache(Checkpoint checkpoint, long tokens) {
    return Footprint.cachePerToken(checkpoint.config(), Float.BYTES) * tokens;
  }

  /** All of it, beside the program. */
  public long all() {
    return weights + learning + activations;
  }
}
