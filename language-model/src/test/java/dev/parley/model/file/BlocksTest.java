package dev.parley.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.Goldens;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The values are those of llama.cpp's own functions, bit for bit. */
class BlocksTest {
  @ParameterizedTest
  @EnumSource(TensorType.class)
  void everyBlockGivesExactlyTheValuesItStandsFor(TensorType type) {
    assertThat(bits(read(type, type + ".bin")))
        .containsExactly(bits(Goldens.floats("blocks/" + type + ".f32")));
  }

  @ParameterizedTest
  @EnumSource(value = TensorType.class, mode = EnumSource.Mode.EXCLUDE, names = "F32")
  void extremeScalesToo(TensorType type) {
    assertThat(bits(read(type, type + ".edge.bin")))
        .containsExactly(bits(Goldens.floats("blocks/" + type + ".edge.f32")));
  }

  private static float[] read(TensorType type, String name) {
    byte[] bytes = Goldens.bytes("blocks/" + name);
    float[] values = new float[bytes.length / type.blockBytes() * type.blockElements()];
    new Tensor(name, type, new Shape(values.length), MemorySegment.ofArray(bytes))
        .readFloats(FloatBuffer.wrap(values));
    return values;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
