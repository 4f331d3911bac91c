package dev.parley.model.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One tensor of an open {@link TensorFile}: row-major, where a row is the last dimension.
 * Immutable; reading is safe from many threads while the file is open.
 */
public final class Tensor {
  /**
   * Weights decoded at a time: a whole number of blocks of any type, small enough for the cache.
   */
  private static final int CHUNK = 8192;

  /** Of an array, on every virtual machine. */
  private static final int MOST_FLOATS = Integer.MAX_VALUE - 8;

  private final String name;
  private final TensorType type;
  private final Shape shape;
  private final MemorySegment data;

  /**
   * @param shape whose rows are whole blocks
   * @param data exactly the bytes of all blocks
   */
  Tensor(String name, TensorType type, Shape shape, MemorySegment data) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.data = data;
  }

  public String name() {
    return name;
  }

  public TensorType type() {
    return type;
  }

  /** Outermost dimension first ({@code [rows, columns]}), whatever the file's own order is. */
  public long[] shape() {
    return shape.dimensions();
  }

  public boolean hasShape(long... expected) {
    return Arrays.equals(shape.dimensions(), expected);
  }

  public long elements() {
    return shape.elements();
  }

  /** Number of rows: all dimensions but the last, multiplied; 1 for a vector. */
  public long rows() {
    return shape.rows();
  }

  /** How many bytes are stored. */
  public long byteSize() {
    return data.byteSize();
  }

  /**
   * The stored bytes: a read-only, little-endian view of the file.
   *
   * @throws IllegalArgumentException where they are more than a buffer holds (2 GiB): take {@link
   *     #bytes(long, long)}
   */
  public ByteBuffer bytes() {
    return bytes(0, rows());
  }

  /** The stored bytes of {@code count} rows from {@code firstRow}, as {@link #bytes()}. */
  public ByteBuffer bytes(long firstRow, long count) {
    MemorySegment slice = slice(firstRow, count);
    if (slice.byteSize() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Tensor %s: %d rows are %d bytes, a buffer holds at most %d: take fewer rows at a time"
              .formatted(name, count, slice.byteSize(), Integer.MAX_VALUE));
    }
    return slice.asByteBuffer().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Puts all values, as 32-bit floats and row-major, into {@code target} from its position on.
   *
   * @throws BufferOverflowException where target has less room than {@link #elements()}
   */
  public void readFloats(FloatBuffer target) {
    readFloats(0, rows(), target);
  }

  /**
   * All values, row-major.
   *
   * @throws IllegalArgumentException where they are more than an array holds
   */
  public float[] floats() {
    if (elements() > MOST_FLOATS) {
      throw new IllegalArgumentException(
          "Tensor %s: %d values are more than an array holds".formatted(name, elements()));
    }
    float[] values = new float[(int) elements()];
    readFloats(FloatBuffer.wrap(values));
    return values;
  }

  /** As {@link #readFloats(FloatBuffer)}, for {@code count} rows from {@code firstRow}. */
  public void readFloats(long firstRow, long count, FloatBuffer target) {
    MemorySegment slice = slice(firstRow, count);
    long blocks = slice.byteSize() / type.blockBytes();
    if (blocks * type.blockElements() > target.remaining()) {
      throw new BufferOverflowException();
    }
    int chunk = (int) Math.min(blocks, CHUNK / type.blockElements());
    byte[] source = new byte[chunk * type.blockBytes()];
    float[] values = new float[chunk * type.blockElements()];
    for (long done = 0; done < blocks; done += chunk) {
      int now = (int) Math.min(chunk, blocks - done);
      MemorySegment.copy(
          slice,
          ValueLayout.JAVA_BYTE,
          done * type.blockBytes(),
          source,
          0,
          now * type.blockBytes());
      type.decode(source, now, values);
      target.put(values, 0, now * type.blockElements());
    }
  }

  /**
   * Tells the system that its file's pages are needed elsewhere; reading again brings them back.
   */
  public void unload() {
    if (data.isMapped()) {
      data.unload();
    }
  }

  private MemorySegment slice(long firstRow, long count) {
    Objects.checkFromIndexSize(firstRow, count, rows());
    long rowBytes = shape.rowBytes(type);
    return data.asSlice(firstRow * rowBytes, count * rowBytes);
  }
}
