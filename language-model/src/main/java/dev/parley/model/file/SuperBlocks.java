package dev.parley.model.file;

/**
 * The K formats: 256 weights share a half-float scale {@code d} (and {@code dmin}), and runs of 16
 * or 32 of them have a small whole-number scale (and minimum) of their own that multiplies it.
 */
final class SuperBlocks {
  private SuperBlocks() {}

  /**
   * {@code scales[16], q[64], d, dmin}: runs of 16, weight = d scale q - dmin minimum. A byte of
   * scales is a scale (low half) and a minimum; a byte of q has the weights of four runs, 32 apart.
   */
  static void q2k(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 84) {
      float d = LittleEndian.half(source, in + 80);
      float dmin = LittleEndian.half(source, in + 82);
      for (int run = 0; run < 16; run++, out += 16) {
        int scales = source[in + run];
        float scale = d * (scales & 0xF);
        float minimum = dmin * ((scales >> 4) & 0xF);
        int q = in + 16 + quarters(run);
        int shift = run / 2 % 4 * 2;
        for (int i = 0; i < 16; i++) {
          values[out + i] = scale * ((source[q + i] >> shift) & 3) - minimum;
        }
      }
    }
  }

  /**
   * {@code third bits[32], q[64], scales[12], d}: runs of 16, weight = d (scale - 32) (q - 4). Low
   * bits of q lie as in {@link #q2k}; bit b of the 32 bytes has the third ones of weights 32 b to
   * 32 b + 31.
   */
  static void q3k(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 110) {
      float d = LittleEndian.half(source, in + 108);
      for (int run = 0; run < 16; run++, out += 16) {
        int low = (source[in + 96 + run % 8] >> (run / 8 * 4)) & 0xF;
        int high = (source[in + 104 + run % 4] >> (run / 4 * 2)) & 3;
        float scale = d * ((low | (high << 4)) - 32);
        int q = in + 32 + quarters(run);
        int shift = run / 2 % 4 * 2;
        int third = in + run % 2 * 16;
        int bit = run / 2;
        for (int i = 0; i < 16; i++) {
          int weight = ((source[q + i] >> shift) & 3) | (((source[third + i] >> bit) & 1) << 2);
          values[out + i] = scale * (weight - 4);
        }
      }
    }
  }

  /** Where a run of 16 begins among 64 bytes that hold four two-bit weights each. */
  private static int quarters(int run) {
    return run / 8 * 32 + run % 2 * 16;
  }

  /**
   * {@code d, dmin, scales[12], nibbles[128]}: runs of 32, weight = d scale q - dmin minimum. Of 32
   * bytes of nibbles the low halves are one run, the high halves the next.
   */
  static void q4k(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 144) {
      float d = LittleEndian.half(source, in);
      float dmin = LittleEndian.half(source, in + 2);
      for (int run = 0; run < 8; run++, out += 32) {
        float scale = d * scale(source, in + 4, run);
        float minimum = dmin * minimum(source, in + 4, run);
        int q = in + 16 + run / 2 * 32;
        int shift = run % 2 * 4;
        for (int i = 0; i < 32; i++) {
          values[out + i] = scale * ((source[q + i] >> shift) & 0xF) - minimum;
        }
      }
    }
  }

  /**
   * {@code d, dmin, scales[12], fifth bits[32], nibbles[128]}: as {@link #q4k}, where bit r of the
   * 32 bytes has the fifth ones of run r.
   */
  static void q5k(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 176) {
      float d = LittleEndian.half(source, in);
      float dmin = LittleEndian.half(source, in + 2);
      int fifth = in + 16;
      for (int run = 0; run < 8; run++, out += 32) {
        float scale = d * scale(source, in + 4, run);
        float minimum = dmin * minimum(source, in + 4, run);
        int q = in + 48 + run / 2 * 32;
        int shift = run % 2 * 4;
        for (int i = 0; i < 32; i++) {
          int weight = ((source[q + i] >> shift) & 0xF) | (((source[fifth + i] >> run) & 1) << 4);
          values[out + i] = scale * weight - minimum;
        }
      }
    }
  }

  /**
   * Eight scales and eight minima of 6 bits in 12 bytes: the first four of each are the low bits of
   * bytes 0 to 3 and 4 to 7; the others have their low nibbles in bytes 8 to 11 and their high bits
   * on top of the former.
   */
  private static int scale(byte[] source, int scales, int run) {
    return run < 4
        ? source[scales + run] & 0x3F
        : (source[scales + run + 4] & 0xF) | (((source[scales + run - 4] >> 6) & 3) << 4);
  }

  private static int minimum(byte[] source, int scales, int run) {
    return run < 4
        ? source[scales + run + 4] & 0x3F
        : ((source[scales + run + 4] >> 4) & 0xF) | (((source[scales + run] >> 6) & 3) << 4);
  }

  /**
   * {@code nibbles[128], upper[64], scales[16] of signed bytes, d}: runs of 16, weight = d scale (q
   * - 32). Each half of the block has 64 bytes of nibbles (low halves the weights 0 to 63, high
   * halves 64 to 127) and 32 of upper bits, each byte with those of four weights 32 apart.
   */
  static void q6k(byte[] source, int count, float[] values) {
    for (int block = 0, in = 0, out = 0; block < count; block++, in += 210) {
      float d = LittleEndian.half(source, in + 208);
      for (int run = 0; run < 16; run++, out += 16) {
        float scale = d * source[in + 192 + run];
        int nibbles = in + run / 8 * 64 + run % 4 * 16;
        int nibbleShift = run / 4 % 2 * 4;
        int upper = in + 128 + quarters(run);
        int upperShift = run / 2 % 4 * 2;
        for (int i = 0; i < 16; i++) {
          int weight =
              ((source[nibbles + i] >> nibbleShift) & 0xF)
                  | (((source[upper + i] >> upperShift) & 3) << 4);
          values[out + i] = scale * (weight - 32);
        }
      }
    }
  }
}
