package dev.parley.model.transformer;

import dev.parley.model.transformer.Family.QueryKeyNorm;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.util.ArrayList;
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

  /** The same with fewer layers, the first ones. */
  TransformerConfig first(int count) {
    return new TransformerConfig(
        family,
        width,
        heads,
        kvHeads,
        headDim,
        feedForward,
        vocabulary,
        contextLength,
        epsilon,
        attentionScale,
        embeddingScale,
        rotaries,
        layers.subList(0, count),
        biased);
  }

  /** Width of all query heads together. */
  long queryWidth() {
    return (long) heads * headDim;
  }

  /** Width of all key heads together, and of all value heads. */
  long keyWidth() {
    return (long) kvHeads * headDim;
  }

  /** The matrices of a layer, each with what it is made of, from top to bottom. */
  List<List<LayerPart>> projections() {
    return List.of(
        queryKeyValue(),
        List.of(LayerPart.ATTENTION_OUTPUT),
        intoFeedForward(),
        List.of(LayerPart.DOWN));
  }

  List<LayerPart> queryKeyValue() {
    return family.fusedAttention()
        ? List.of(LayerPart.QUERY_KEY_VALUE)
        : List.of(LayerPart.QUERY, LayerPart.KEY, LayerPart.VALUE);
  }

  List<LayerPart> intoFeedForward() {
    if (!family.gated()) {
      return List.of(LayerPart.UP);
    }
    return family.fusedFeedForward()
        ? List.of(LayerPart.GATE_UP)
        : List.of(LayerPart.GATE, LayerPart.UP);
  }

  /** The norms of a layer. */
  List<LayerPart> norms() {
    List<LayerPart> parts = new ArrayList<>();
    if (family.norms.before()) {
      parts.addAll(List.of(LayerPart.ATTENTION_NORM, LayerPart.FEED_FORWARD_NORM));
    }
    if (family.norms.after()) {
      parts.addAll(List.of(LayerPart.AFTER_ATTENTION_NORM, LayerPart.AFTER_FEED_FORWARD_NORM));
    }
    if (family.queryKeyNorm != QueryKeyNorm.NONE) {
      parts.addAll(List.of(LayerPart.QUERY_NORM, LayerPart.KEY_NORM));
    }
    return parts;
  }

  /** {@code [out, in]} of a projection, {@code [width]} of a norm. */
  long[] shapeOf(LayerPart part) {
    long inner = feedForward;
    long queries = queryWidth();
    long keys = keyWidth();
    boolean allHeads = family.queryKeyNorm == QueryKeyNorm.ALL_HEADS;
    return switch (part) {
      case ATTENTION_NORM, FEED_FORWARD_NORM, AFTER_ATTENTION_NORM, AFTER_FEED_FORWARD_NORM ->
          new long[] {width};
      case QUERY_NORM -> new long[] {allHeads ? queries : headDim};
      case KEY_NORM -> new long[] {allHeads ? keys : headDim};
      case QUERY -> new long[] {queries, width};
      case KEY, VALUE -> new long[] {keys, width};
      case QUERY_KEY_VALUE -> new long[] {queries + 2 * keys, width};
      case ATTENTION_OUTPUT -> new long[] {width, queries};
      case GATE, UP -> new long[] {inner, width};
      case GATE_UP -> new long[] {2 * inner, width};
      case DOWN -> new long[] {width, inner};
    };
  }

  /** Rows of a projection that is made of these. */
  long outputs(List<LayerPart> parts) {
    return parts.stream().mapToLong(part -> shapeOf(part)[0]).sum();
  }

  /** Its columns. */
  long inputs(List<LayerPart> parts) {
    return shapeOf(parts.getFirst())[1];
  }

  /** Numbers in the largest projection; all layers have the same. */
  long largestProjection() {
    return projections().stream()
        .mapToLong(parts -> outputs(parts) * inputs(parts))
        .max()
        .orElseThrow();
  }
}
