package dev.parley.model.transformer;

/** How the projections are held in memory. */
public enum Weights {
  /**
   * As they were computed with: exact, twice the memory. Who else is in the batch moves the last
   * bits, which the halves do not show.
   */
  FP32(6),
  /** Half precision; on a processor packed for it, while activations stay fp32. */
  FP16(5),
  /** Half the precision of fp16, the range of fp32: for graphics cards. */
  BF16(15);

  /** The number of the type in libtorch ({@code c10::ScalarType}). */
  final int dtype;

  Weights(int dtype) {
    this.dtype = dtype;
  }

  /** Bytes of a number. */
  int bytes() {
    return this == FP32 ? Float.BYTES : Short.BYTES;
  }
}
