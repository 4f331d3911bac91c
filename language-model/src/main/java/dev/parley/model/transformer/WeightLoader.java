package dev.parley.model.transformer;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.parley.model.file.Tensor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gives a script its weights. A helping thread decodes the next layer while this one's is packed.
 * The memory is only lent to libtorch: the script copies what it keeps.
 */
final class WeightLoader {
  private final Checkpoint checkpoint;
  private final TransformerConfig config;
  private final Script script;

  private WeightLoader(Checkpoint checkpoint, Script script) {
    this.checkpoint = checkpoint;
    this.config = checkpoint.config();
    this.script = script;
  }

  /**
   * Attaches all weights.
   *
   * @param positions how many the rotary tables are made for
   */
  static void attach(Checkpoint checkpoint, Script script, int positions) throws IOException {
    WeightLoader loader = new WeightLoader(checkpoint, script);
    loader.attachLayers();
    loader.attachEnds(positions);
  }

  private void attachLayers() throws IOException {
    try (Arena memory = Arena.ofShared();
        ExecutorService decoder =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("weights").factory())) {
      List<ByteBuffer> buffers = buffers(memory, checkpoint.layer(0));
      List<ByteBuffer> others = buffers(memory, checkpoint.layer(0));
      Future<?> decoding = decode(decoder, 0, buffers);
      for (int i = 0; i < config.layers(); i++) {
        await(decoding);
        if (i + 1 < config.layers()) {
          decoding = decode(decoder, i + 1, others);
        }
        addLayer(checkpoint.layer(i), buffers);
        List<ByteBuffer> free = buffers;
        buffers = others;
        others = free;
      }
    }
  }

  private Future<?> decode(ExecutorService decoder, int index, List<ByteBuffer> targets)
      throws IOException {
    List<Tensor> tensors = checkpoint.layer(index);
    return decoder.submit(
        () -> {
          for (int i = 0; i < tensors.size(); i++) {
            tensors.get(i).readFloats(targets.get(i).asFloatBuffer());
          }
        });
  }

  private void addLayer(List<Tensor> tensors, List<ByteBuffer> weights) {
    try (PtNDManager manager = script.newManager()) {
      PtNDArray[] parts = new PtNDArray[tensors.size()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = array(manager, weights.get(i), tensors.get(i).shape());
      }
      script
          .run("add_layer", IValue.listFrom(parts), IValue.from(checkpoint.pairedRotary()))
          .close();
    }
  }

  private void attachEnds(int positions) throws IOException {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      Tensor embedding = checkpoint.embedding();
      Tensor head = checkpoint.head();
      PtNDArray first = read(manager, memory, embedding);
      script
          .run(
              "set_ends",
              IValue.from(first),
              IValue.from(read(manager, memory, checkpoint.finalNorm())),
              IValue.from(
                  head.name().equals(embedding.name()) ? first : read(manager, memory, head)),
              IValue.from(rotations(manager, memory, positions, false)),
              IValue.from(rotations(manager, memory, positions, true)))
          .close();
    }
  }

  /**
   * Cosines, or sines with the sign that {@code rotate} of the script expects {@code [positions,
   * headDim]}.
   */
  private PtNDArray rotations(PtNDManager manager, Arena memory, int positions, boolean sines) {
    int width = config.headDim();
    ByteBuffer table = direct(memory, (long) positions * width);
    FloatBuffer floats = table.asFloatBuffer();
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < width; i++) {
        double angle = config.rotary().angle(position, i);
        double sign = i < width / 2 ? -1 : 1;
        floats.put((float) (sines ? sign * Math.sin(angle) : Math.cos(angle)));
      }
    }
    return array(manager, table, positions, width);
  }

  private static PtNDArray read(PtNDManager manager, Arena memory, Tensor tensor) {
    ByteBuffer floats = direct(memory, tensor.elements());
    tensor.readFloats(floats.asFloatBuffer());
    return array(manager, floats, tensor.shape());
  }

  private static PtNDArray array(PtNDManager manager, ByteBuffer floats, long... shape) {
    return manager.create(floats, new Shape(shape), DataType.FLOAT32);
  }

  private static List<ByteBuffer> buffers(Arena memory, List<Tensor> tensors) {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (Tensor tensor : tensors) {
      buffers.add(direct(memory, tensor.elements()));
    }
    return buffers;
  }

  /** Memory that is given back with its arena, not whenever the collector comes by. */
  private static ByteBuffer direct(Arena memory, long floats) {
    return memory
        .allocate(floats * Float.BYTES, Float.BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  private static void await(Future<?> decoding) throws IOException {
    try {
      decoding.get();
    } catch (ExecutionException e) {
      throw new IOException("the weights could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while weights were read");
    }
  }
}
