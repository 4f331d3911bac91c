package dev.parley.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.BufferOverflowException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class TensorTest {
  /** Larger than what is decoded at a time, and no multiple of it. */
  private static final int ROWS = 1_001;

  private static final int COLUMNS = 32;

  private final float[] values = new float[ROWS * COLUMNS];
  private final Tensor tensor;

  TensorTest() {
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    byte[] bytes = new byte[values.length * Float.BYTES];
    MemorySegment.copy(
        MemorySegment.ofArray(values), 0, MemorySegment.ofArray(bytes), 0, bytes.length);
    tensor =
        new Tensor("t", TensorType.F32, new Shape(ROWS, COLUMNS), MemorySegment.ofArray(bytes));
  }

  @Test
  void aWholeTensorIsReadAcrossChunks() {
    float[] read = new float[values.length];

    tensor.readFloats(FloatBuffer.wrap(read));

    assertThat(read).containsExactly(values);
  }

  @Test
  void rowsAreReadFromWhereTheyBegin() {
    float[] read = new float[1 + 2 * COLUMNS];

    tensor.readFloats(999, 2, FloatBuffer.wrap(read).position(1));

    assertThat(read[0]).isZero();
    assertThat(read[1]).isEqualTo(999 * COLUMNS);
    assertThat(read[2 * COLUMNS]).isEqualTo(ROWS * COLUMNS - 1);
  }

  @Test
  void storedBytesOfARowAreLittleEndianAndReadOnly() {
    var bytes = tensor.bytes(1, 1);

    assertThat(bytes.remaining()).isEqualTo(COLUMNS * Float.BYTES);
    assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.isReadOnly()).isTrue();
    assertThat(bytes.getFloat()).isEqualTo(COLUMNS);
  }

  @Test
  void rowsBeyondTheLastAreRefused() {
    assertThatThrownBy(() -> tensor.bytes(ROWS, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aTargetWithoutRoomIsRefusedBeforeAnythingIsWritten() {
    FloatBuffer target = FloatBuffer.allocate(values.length - 1);

    assertThatThrownBy(() -> tensor.readFloats(target)).isInstanceOf(BufferOverflowException.class);
    assertThat(target.position()).isZero();
  }

  @Test
  void aVectorIsOneRowAndAScalarOneElement() {
    MemorySegment none = MemorySegment.ofArray(new byte[0]);

    assertThat(new Tensor("v", TensorType.F32, new Shape(5), none).rows()).isEqualTo(1);
    assertThat(new Tensor("s", TensorType.F32, new Shape(), none).elements()).isEqualTo(1);
  }
}
