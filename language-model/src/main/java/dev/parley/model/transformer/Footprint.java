package dev.parley.model.transformer;

import dev.parley.model.file.ModelFormatException;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.util.List;

/**
 * The memory that a network takes, in bytes, as the header of its file tells: no weight is read.
 *
 * @param weights projections, norms and rotary tables
 * @param loading what is needed beside them while they are made
 * @param embedding pages of the mapped file that steps read; the system takes them back where it
 *     has no other memory
 * @param step what a step needs for its own time, with a context that is full
 * @param cachePerToken keys and values of one token
 * @param cache the KV cache, every slot full
 */
public record Footprint(
    long weights, long loading, long embedding, long step, long cachePerToken, long cache) {
  /** FBGEMM's blocks of fp16 weights ({@code PackedGemmMatrixFP16}): inputs by outputs. */
  private static final int BLOCK_INPUTS = 512;

  private static final int BLOCK_OUTPUTS = 16;

  /**
   * What a network will take.
   *
   * @param plan whose slots are at most as long as the model's context
   * @param piece most tokens of a prompt that a step reads
   */
  public static Footprint of(Checkpoint checkpoint, MemoryPlan plan, int piece)
      throws ModelFormatException {
    TransformerConfig config = checkpoint.config();
    int length = Math.min(plan.slotLength(), config.contextLength());
    long perToken = cachePerToken(config, plan.cacheBytes());
    return new Footprint(
        weights(config, plan.packed(), plan.weights(), length),
        loading(config, checkpoint.transposed(), WeightLoader.helpers()),
        embedding(checkpoint),
        step(config, plan.slots(), length, piece),
        perToken,
        perToken * plan.slots() * length);
  }

  /**
   * Projections, norms and rotary tables.
   *
   * @param positions that the tables are made for
   */
  static long weights(TransformerConfig config, boolean packed, Weights weights, int positions) {
    long layer = 0;
    for (List<LayerPart> parts : config.projections()) {
      layer += matrix(config.outputs(parts), config.inputs(parts), packed, weights);
      if (parts.stream().anyMatch(config.biased()::contains)) {
        layer += config.outputs(parts) * Float.BYTES;
      }
    }
    for (LayerPart part : config.norms()) {
      layer += norm(config, part) * Float.BYTES;
    }
    long head = matrix(config.vocabulary(), config.width(), packed, weights);
    long rotaries = 2L * config.rotaries().size() * positions * config.headDim() * Float.BYTES;
    return config.layers().size() * layer
        + head
        + norm(config, LayerPart.FEED_FORWARD_NORM) * Float.BYTES // as wide as the last one
        + rotaries;
  }

  private static long matrix(long outputs, long inputs, boolean packed, Weights weights) {
    return packed
        ? roundUp(outputs, BLOCK_OUTPUTS) * roundUp(inputs, BLOCK_INPUTS) * Short.BYTES
        : outputs * inputs * weights.bytes();
  }

  private static long roundUp(long number, int multiple) {
    return Math.ceilDiv(number, multiple) * multiple;
  }

  /** Numbers of a norm: those over queries and keys are kept for every head. */
  private static long norm(TransformerConfig config, LayerPart part) {
    return switch (part) {
      case QUERY_NORM -> config.queryWidth();
      case KEY_NORM -> config.keyWidth();
      default -> config.width() * (config.family().layerNorm() ? 2L : 1L);
    };
  }

  /**
   * The head as fp32 and projections beside it, twice where they are to be turned.
   *
   * @param beside how many are made at the same time
   */
  static long loading(TransformerConfig config, boolean transposed, int beside) {
    long head = (long) config.vocabulary() * config.width();
    long projection = config.largestProjection() * (transposed ? 2 : 1);
    return (Math.max(head, projection) + beside * projection) * Float.BYTES;
  }

  /**
   * Keys and values of one token.
   *
   * @param bytes of a number
   */
  static long cachePerToken(TransformerConfig config, int bytes) {
    return 2L * config.layers().size() * config.keyWidth() * bytes;
  }

  private static long embedding(Checkpoint checkpoint) throws ModelFormatException {
    long bytes = checkpoint.embedding().byteSize();
    return checkpoint.positions().isPresent()
        ? bytes + checkpoint.positions().get().byteSize()
        : bytes;
  }

  /**
   * Masks, for each head of a group and two to make them of, what flows between the projections of
   * a layer, and logits, once here and once in Java.
   */
  private static long step(TransformerConfig config, int slots, long length, int piece) {
    long rows = Math.max(slots, piece);
    long masks = (2 + config.queryWidth() / config.keyWidth()) * piece * length;
    long flowing =
        4L * config.width()
            + 3 * (config.queryWidth() + 2 * config.keyWidth())
            + 6L * config.feedForward();
    long logits = 2L * slots * config.vocabulary();
    return (masks + rows * flowing + logits) * Float.BYTES;
  }
}
