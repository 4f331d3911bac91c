package dev.parley.model.file;

import java.util.Optional;

/**
 * {@code Dtype} of the safetensors format: floats that can be weights here, and what models keep
 * beside them (masks, indices). The format has more: floats of 4, 6, 8 and 64 bits, complex ones.
 */
enum SafetensorsType {
  BOOL(1),
  U8(1),
  I8(1),
  I16(2),
  U16(2),
  F16(2),
  BF16(2),
  I32(4),
  U32(4),
  F32(4),
  I64(8),
  U64(8);

  private final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  static Optional<SafetensorsType> named(String name) {
    for (SafetensorsType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Bytes of one value. */
  int bytes() {
    return bytes;
  }

  /** The same as a type of weights; empty for whole numbers and booleans. */
  Optional<TensorType> weights() {
    return switch (this) {
      case F32 -> Optional.of(TensorType.F32);
      case F16 -> Optional.of(TensorType.F16);
      case BF16 -> Optional.of(TensorType.BF16);
      case BOOL, U8, I8, I16, U16, I32, U32, I64, U64 -> Optional.empty();
    };
  }
}
