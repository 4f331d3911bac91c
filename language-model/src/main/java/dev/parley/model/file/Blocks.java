package dev.parley.model.file;

/**
 * The simple formats: 32 weights share a scale {@code d} and, in the {@code _1} formats, a minimum
 * {@code m}, both half floats. Of 16 bytes of nibbles the low halves are weights 0 to 15, the high
 * halves 16 to 31.
 */
final class Blocks {
  private static final int WEIGHTS = 32;
  private static final int HALF = WEIGHTS / 2;

  private Blocks() {}

  /** {@code d, nibbles[16]}: weight = (q - 8) d. */
  static void q4x0(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 18, out += WEIGHTS) {
      float d = LittleEndian.half(source, in);
      for (int i = 0; i < HALF; i++) {
        int pair = source[in + 2 + i];
        values[out + i] = ((pair & 0xF) - 8) * d;
        values[out + HALF + i] = (((pair >> 4) & 0xF) - 8) * d;
      }
    }
  }

  /** {@code d, m, nibbles[16]}: weight = q d + m. */
  static void q4x1(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 20, out += WEIGHTS) {
      float d = LittleEndian.half(source, in);
      float m = LittleEndian.half(source, in + 2);
      for (int i = 0; i < HALF; i++) {
        int pair = source[in + 4 + i];
        values[out + i] = (pair & 0xF) * d + m;
        values[out + HALF + i] = ((pair >> 4) & 0xF) * d + m;
      }
    }
  }

  /** {@code d, fifth bits of all 32, nibbles[16]}: weight = (q - 16) d. */
  static void q5x0(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 22, out += WEIGHTS) {
      float d = LittleEndian.half(source, in);
      int fifth = LittleEndian.int32(source, in + 2);
      for (int i = 0; i < HALF; i++) {
        int pair = source[in + 6 + i];
        values[out + i] = (((pair & 0xF) | ((fifth >> i << 4) & 0x10)) - 16) * d;
        values[out + HALF + i] = ((((pair >> 4) & 0xF) | ((fifth >> (i + 12)) & 0x10)) - 16) * d;
      }
    }
  }

  /** {@code d, m, fifth bits of all 32, nibbles[16]}: weight = q d + m. */
  static void q5x1(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 24, out += WEIGHTS) {
      float d = LittleEndian.half(source, in);
      float m = LittleEndian.half(source, in + 2);
      int fifth = LittleEndian.int32(source, in + 4);
      for (int i = 0; i < HALF; i++) {
        int pair = source[in + 8 + i];
        values[out + i] = ((pair & 0xF) | ((fifth >> i << 4) & 0x10)) * d + m;
        values[out + HALF + i] = (((pair >> 4) & 0xF) | ((fifth >> (i + 12)) & 0x10)) * d + m;
      }
    }
  }

  /** {@code d, q[32]} of signed bytes: weight = q d. */
  static void q8x0(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 34, out += WEIGHTS) {
      float d = LittleEndian.half(source, in);
      for (int i = 0; i < WEIGHTS; i++) {
        values[out + i] = source[in + 2 + i] * d;
      }
    }
  }
}
