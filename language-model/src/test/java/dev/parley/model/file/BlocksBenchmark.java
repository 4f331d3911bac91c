package dev.parley.model.file;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Weights turned into floats: all of them when a model is loaded, a row for each token read. */
@State(Scope.Thread)
public class BlocksBenchmark {
  private static final int WEIGHTS = 8_192;

  @Param({"F16", "BF16", "Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q6_K"})
  private TensorType type = TensorType.F16;

  private final float[] values = new float[WEIGHTS];
  private byte[] blocks = new byte[0];

  @Setup
  public void fill() {
    blocks = new byte[WEIGHTS / type.blockElements() * type.blockBytes()];
    new Random(1).nextBytes(blocks);
  }

  @Benchmark
  public float[] decoding() {
    type.decode(blocks, WEIGHTS / type.blockElements(), values);
    return values;
  }
}
