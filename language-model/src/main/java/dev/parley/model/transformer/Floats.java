package dev.parley.model.transformer;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.parley.model.file.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory for fp32 numbers on their way to libtorch, which is only lent them: the script copies what
 * it keeps. It is given back with its arena, not whenever the collector comes by.
 */
final class Floats {
  private Floats() {}

  static ByteBuffer allocate(Arena memory, long count) {
    return memory
        .allocate(count * Float.BYTES, Float.BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  static PtNDArray array(PtNDManager manager, ByteBuffer floats, long... shape) {
    return manager.create(floats, new Shape(shape), DataType.FLOAT32);
  }

  /** A tensor of a file, whose pages are not kept. */
  static PtNDArray read(PtNDManager manager, Arena memory, Tensor tensor) {
    return read(manager, memory, tensor, 0);
  }

  /** As {@link #read(PtNDManager, Arena, Tensor)}, with a number added to each. */
  static PtNDArray read(PtNDManager manager, Arena memory, Tensor tensor, float offset) {
    ByteBuffer bytes = allocate(memory, tensor.elements());
    FloatBuffer floats = bytes.asFloatBuffer();
    tensor.readFloats(floats);
    tensor.unload();
    for (int i = 0; offset != 0 && i < floats.capacity(); i++) {
      floats.put(i, floats.get(i) + offset);
    }
    return array(manager, bytes, tensor.shape());
  }
}
