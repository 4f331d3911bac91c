package dev.parley.model.file;

import java.nio.ByteBuffer;
import java.util.Optional;

/** {@code gguf_metadata_value_type} of the GGUF specification. */
enum ValueType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  STRING(8, 0),
  ARRAY(9, 0),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private final int id;
  private final int bytes;

  ValueType(int id, int bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  static Optional<ValueType> ofId(int id) {
    for (ValueType type : values()) {
      if (type.id == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int id() {
    return id;
  }

  /** Bytes of one value; 0 for strings and arrays, whose length is in the file. */
  int bytes() {
    return bytes;
  }

  boolean whole() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64, BOOL -> true;
      case FLOAT32, FLOAT64, STRING, ARRAY -> false;
    };
  }

  /**
   * The whole number that begins at byte {@code at}; a UINT64 of 2^63 or more comes out negative.
   */
  long integer(ByteBuffer values, int at) {
    return switch (this) {
      case UINT8, BOOL -> Byte.toUnsignedLong(values.get(at));
      case INT8 -> values.get(at);
      case UINT16 -> Short.toUnsignedLong(values.getShort(at));
      case INT16 -> values.getShort(at);
      case UINT32 -> Integer.toUnsignedLong(values.getInt(at));
      case INT32 -> values.getInt(at);
      case UINT64, INT64 -> values.getLong(at);
      case FLOAT32, FLOAT64, STRING, ARRAY -> throw new IllegalArgumentException(name());
    };
  }

  /** The number, whole or not, that begins at byte {@code at}. */
  double number(ByteBuffer values, int at) {
    return switch (this) {
      case FLOAT32 -> values.getFloat(at);
      case FLOAT64 -> values.getDouble(at);
      case UINT64 -> unsigned(values.getLong(at));
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, INT64, BOOL -> integer(values, at);
      case STRING, ARRAY -> throw new IllegalArgumentException(name());
    };
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }
}
