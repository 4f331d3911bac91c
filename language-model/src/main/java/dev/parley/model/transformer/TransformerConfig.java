package dev.parley.model.transformer;

import dev.parley.model.transformer.TensorNames.LayerPart;
import java.util.List;
import java.util.Set;

/**
 * The shape of a network.
 *
 * @param width of the residual stream
 * @param heads query heads
 * @param kvHeads key and value heads, a divisor of {@code heads}
 * @param headDim width of a head, even
 * @param feedForward inner width of the feed-forward
 * @param vocabulary tokens
 * @param contextLength positions it was trained for
 * @param epsilon of the norms
 * @param attentionScale what the products of query and key are multiplied by
 * @param embeddingScale what embeddings are multiplied by
 * @param rotaries how heads turn with the position, one for each kind of layer that turns them
 * @param layers blocks of attention and feed-forward
 * @param biased projections that have a bias
 */
record TransformerConfig(
    Family family,
    int width,
    int heads,
    int kvHeads,
    int headDim,
    int feedForward,
    int vocabulary,
    int contextLength,
    double epsilon,
    double attentionScale,
    double embeddingScale,
    List<RotaryFrequencies> rotaries,
    List<Layer> layers,
    Set<LayerPart> biased) {
  /** No such number of any known model comes near. */
  static final int MOST = 1 << 20;

  /**
   * In what a layer differs from others.
   *
   * @param rotary index of its rotary frequencies; {@link #NO_ROTARY} without positions
   * @param window tokens it looks back at, itself included; 0 at all of them
   */
  record Layer(int rotary, int window) {
    static final int NO_ROTARY = -1;
  }

  TransformerConfig {
    rotaries = List.copyOf(rotaries);
    layers = List.copyOf(layers);
    biased = Set.copyOf(biased);
  }

  /** Width of all query heads together. */
  long queryWidth() {
    return (long) heads * headDim;
  }

  /** Width of all key heads together, and of all value heads. */
  long keyWidth() {
    return (long) kvHeads * headDim;
  }
}
