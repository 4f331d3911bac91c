package dev.parley.model.file;

/** The IQ4 formats: a nibble is an index into sixteen levels that lie closer around zero. */
final class NonLinearBlocks {
  /** {@code kvalues_iq4nl} of ggml. */
  private static final float[] LEVELS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private NonLinearBlocks() {}

  /** {@code d, nibbles[16]}: 32 weights, each d level. */
  static void iq4nl(byte[] source, int count, float[] values) {
    for (int block = 0; block < count; block++) {
      float d = LittleEndian.half(source, 18 * block);
      levels(d, source, 18 * block + 2, values, 32 * block);
    }
  }

  /**
   * {@code d, high bits of scales (16 bits), low nibbles of scales[4], nibbles[128]}: eight runs of
   * 32, weight = d (scale - 32) level.
   */
  static void iq4xs(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 136) {
      float d = LittleEndian.half(source, in);
      int highs = LittleEndian.uint16(source, in + 2);
      for (int run = 0; run < 8; run++, out += 32) {
        int low = (source[in + 4 + run / 2] >> (run % 2 * 4)) & 0xF;
        int high = (highs >> (2 * run)) & 3;
        levels(d * ((low | (high << 4)) - 32), source, in + 8 + 16 * run, values, out);
      }
    }
  }

  /** Low halves of 16 bytes are weights 0 to 15, high halves 16 to 31. */
  private static void levels(float scale, byte[] source, int in, float[] values, int out) {
    for (int i = 0; i < 16; i++) {
      int pair = source[in + i];
      values[out + i] = scale * LEVELS[pair & 0xF];
      values[out + 16 + i] = scale * LEVELS[(pair >> 4) & 0xF];
    }
  }
}
