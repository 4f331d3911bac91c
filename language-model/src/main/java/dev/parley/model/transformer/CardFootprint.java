package dev.parley.model.transformer;

/**
 * What a network takes of a card's memory.
 *
 * @param weights numbers in its matrices; those of the embedding stay in the file
 * @param largest numbers in the largest matrix of a layer
 * @param cached numbers that each token has in the KV cache
 * @param read numbers that each token of a slot takes once more while a prompt is read
 * @param vocabulary tokens
 * @param contextLength tokens it was trained for
 */
record CardFootprint(
    long weights, long largest, long cached, long read, int vocabulary, int contextLength) {
  /** Of each logit in a step: itself, scaled, sorted with its place, weighed and summed. */
  private static final long BYTES_PER_LOGIT = 48;

  /** Threads that load hold a matrix each, in fp32. */
  private static final long LOADED_AT_ONCE = 4;

  static CardFootprint of(TransformerConfig config) {
    long width = config.width();
    long attention = (2 * config.queryWidth() + 2 * config.keyWidth()) * width;
    long up = (config.family().gated() ? 2L : 1L) * config.feedForward() * width;
    long down = config.feedForward() * width;
    int layers = config.layers().size();
    return new CardFootprint(
        layers * (attention + up + down) + config.vocabulary() * width,
        Math.max(attention, up),
        2L * layers * config.keyWidth(),
        2 * config.queryWidth(),
        config.vocabulary(),
        config.contextLength());
  }

  /** Bytes that stay taken. */
  long weightBytes(Weights type) {
    return weights * type.bytes();
  }

  /** Bytes that are needed beside the weights while these are loaded. */
  long loadingBytes() {
    return LOADED_AT_ONCE * largest * Float.BYTES;
  }

  /** Bytes for each slot: its tokens, and the numbers of a step. */
  long slotBytes(Weights type, int length) {
    return cached * type.bytes() * length + vocabulary * BYTES_PER_LOGIT;
  }

  /** Bytes to read the end of a prompt that fills a slot, one prompt at a time. */
  long readingBytes(Weights type, int length) {
    return read * type.bytes() * length;
  }
}
