package dev.parley.model.file;

import java.util.Optional;

/**
 * How the values of a tensor are stored: plain floats, or ggml's blocks of quantised weights that
 * share a scale. Block layouts: {@code ggml-common.h} of <a
 * href="https://github.com/ggml-org/ggml">ggml</a>; every value is the one its reference
 * dequantisation gives, bit for bit.
 */
public enum TensorType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  BF16(30, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  IQ4_NL(20, 32, 18),
  IQ4_XS(23, 256, 136);

  private final int ggufId;
  private final int blockElements;
  private final int blockBytes;

  TensorType(int ggufId, int blockElements, int blockBytes) {
    this.ggufId = ggufId;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /** The type that {@code ggml_type} numbers so. */
  static Optional<TensorType> ofGgufId(int id) {
    for (TensorType type : values()) {
      if (type.ggufId == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Values per block; 1 for plain floats. A row is always a whole number of blocks. */
  public int blockElements() {
    return blockElements;
  }

  public int blockBytes() {
    return blockBytes;
  }

  /** Turns the first {@code count} blocks into floats, from the start of either array. */
  void decode(byte[] blocks, int count, float[] values) {
    switch (this) {
      case F32 -> PlainFloats.f32(blocks, count, values);
      case F16 -> PlainFloats.f16(blocks, count, values);
      case BF16 -> PlainFloats.bf16(blocks, count, values);
      case Q4_0 -> Blocks.q4x0(blocks, count, values);
      case Q4_1 -> Blocks.q4x1(blocks, count, values);
      case Q5_0 -> Blocks.q5x0(blocks, count, values);
      case Q5_1 -> Blocks.q5x1(blocks, count, values);
      case Q8_0 -> Blocks.q8x0(blocks, count, values);
      case Q2_K -> SuperBlocks.q2k(blocks, count, values);
      case Q3_K -> SuperBlocks.q3k(blocks, count, values);
      case Q4_K -> SuperBlocks.q4k(blocks, count, values);
      case Q5_K -> SuperBlocks.q5k(blocks, count, values);
      case Q6_K -> SuperBlocks.q6k(blocks, count, values);
      case IQ4_NL -> NonLinearBlocks.iq4nl(blocks, count, values);
      case IQ4_XS -> NonLinearBlocks.iq4xs(blocks, count, values);
    }
  }
}
