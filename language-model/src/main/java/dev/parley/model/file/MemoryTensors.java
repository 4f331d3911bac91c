package dev.parley.model.file;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tensors in memory, in fp32: weights as they are while they are trained. Filled by one thread,
 * then read by any number.
 */
public final class MemoryTensors implements TensorFile {
  private final Path path;
  private final Arena arena;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param path of the file that they were first read from, for messages
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with this
  public MemoryTensors(Path path) {
    this.path = path;
    this.arena = Arena.ofShared();
  }

  /**
   * Adds a tensor.
   *
   * @param fill puts all its values, row-major, into what it is given
   */
  public void add(String name, long[] dimensions, Consumer<FloatBuffer> fill) {
    Shape shape = new Shape(dimensions);
    MemorySegment data = arena.allocate(shape.bytes(TensorType.F32), Float.BYTES);
    fill.accept(data.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    tensors.put(name, new Tensor(name, TensorType.F32, shape, data));
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public Optional<Tensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
