package dev.parley.model.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values that stand alone, little-endian. */
final class PlainFloats {
  private PlainFloats() {}

  static void f32(byte[] source, int count, float[] values) {
    ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values, 0, count);
  }

  static void f16(byte[] source, int count, float[] values) {
    for (int i = 0; i < count; i++) {
      values[i] = LittleEndian.half(source, 2 * i);
    }
  }

  /** The upper half of a float. */
  static void bf16(byte[] source, int count, float[] values) {
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(LittleEndian.uint16(source, 2 * i) << 16);
    }
  }
}
