package dev.parley.model.transformer;

/**
 * The shape of a network of the Llama family.
 *
 * @param layers blocks of attention and feed-forward
 * @param width of the residual stream
 * @param heads query heads
 * @param kvHeads key and value heads, a divisor of {@code heads}
 * @param headDim width of a head, even
 * @param feedForward inner width of the feed-forward
 * @param vocabulary tokens
 * @param contextLength positions it was trained for
 * @param epsilon of the norms
 * @param rotary how heads turn with the position
 */
record TransformerConfig(
    int layers,
    int width,
    int heads,
    int kvHeads,
    int headDim,
    int feedForward,
    int vocabulary,
    int contextLength,
    double epsilon,
    RotaryFrequencies rotary) {
  /** No such number of any known model comes near. */
  static final int MOST = 1 << 20;
}
