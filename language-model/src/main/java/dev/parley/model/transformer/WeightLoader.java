package dev.parley.model.transformer;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.parley.model.file.Tensor;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gives a script its weights. Helping threads decode and pack one matrix each; they end with the
 * loading, and so do the threads that OpenMP keeps for them. Decoded weights are only lent to
 * libtorch: the script copies what it keeps.
 */
final class WeightLoader {
  /** Each holds one decoded matrix; beyond this the memory's bandwidth is the limit. */
  private static final int MOST_HELPERS = 4;

  /** The matrices of a layer, in the order of the script's {@code add_layer}. */
  private static final List<List<LayerPart>> MATRICES =
      List.of(
          List.of(LayerPart.QUERY, LayerPart.KEY, LayerPart.VALUE),
          List.of(LayerPart.ATTENTION_OUTPUT),
          List.of(LayerPart.GATE, LayerPart.UP),
          List.of(LayerPart.DOWN));

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
    List<Future<IValue>> made = loader.makeAll();
    try {
      loader.attachLayers(made.subList(1, made.size()));
      loader.attachEnds(result(made.getFirst()), positions);
    } finally {
      made.stream()
          .filter(one -> one.state() == Future.State.SUCCESS)
          .forEach(one -> one.resultNow().close());
    }
  }

  /** The head, which takes longest, then the matrices of all layers. */
  private List<Future<IValue>> makeAll() throws IOException {
    int threads = Math.min(MOST_HELPERS, Runtime.getRuntime().availableProcessors());
    try (Arena memory = Arena.ofShared();
        ExecutorService helpers =
            Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("weights-", 0).factory())) {
      BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(threads);
      long largest = largestMatrix();
      for (int i = 0; i < threads; i++) {
        free.add(direct(memory, largest));
      }
      List<Callable<IValue>> tasks = new ArrayList<>();
      tasks.add(this::head);
      for (int i = 0; i < config.layers(); i++) {
        int layer = i;
        MATRICES.forEach(parts -> tasks.add(() -> linear(layer, parts, free)));
      }
      return helpers.invokeAll(tasks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while weights were read");
    }
  }

  private long largestMatrix() throws IOException {
    long largest = 0;
    for (List<LayerPart> parts : MATRICES) {
      largest = Math.max(largest, rows(0, parts) * columns(0, parts));
    }
    return largest; // all layers have the same shapes
  }

  private long rows(int layer, List<LayerPart> parts) throws IOException {
    long rows = 0;
    for (LayerPart part : parts) {
      rows += checkpoint.layer(layer, part).rows();
    }
    return rows;
  }

  private long columns(int layer, List<LayerPart> parts) throws IOException {
    return checkpoint.layer(layer, parts.getFirst()).shape()[1];
  }

  /**
   * A projection whose rows are those of several parts, below each other.
   *
   * @param free where to decode: as many as there are helpers
   */
  private IValue linear(int layer, List<LayerPart> parts, BlockingQueue<ByteBuffer> free)
      throws IOException, InterruptedException {
    ByteBuffer buffer = free.take();
    try (PtNDManager manager = script.newManager()) {
      FloatBuffer floats = buffer.asFloatBuffer();
      for (LayerPart part : parts) {
        Tensor tensor = checkpoint.layer(layer, part);
        decode(tensor, checkpoint.hasPairedRows(part), floats);
        tensor.unload();
      }
      ByteBuffer matrix =
          buffer.slice(0, floats.position() * Float.BYTES).order(ByteOrder.nativeOrder());
      return script.run(
          "linear", IValue.from(array(manager, matrix, rows(layer, parts), columns(layer, parts))));
    } finally {
      free.add(buffer);
    }
  }

  private IValue head() throws IOException {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      return script.run("linear", IValue.from(read(manager, memory, checkpoint.head())));
    }
  }

  /** Puts the rows of a head that turn together half a head apart, as the script wants them. */
  private void decode(Tensor tensor, boolean paired, FloatBuffer target) {
    if (!paired) {
      tensor.readFloats(target);
      return;
    }
    int width = config.headDim();
    for (long row = 0; row < tensor.rows(); row++) {
      long within = row % width;
      long stored = row - within + within % (width / 2) * 2 + within / (width / 2);
      tensor.readFloats(stored, 1, target);
    }
  }

  private void attachLayers(List<Future<IValue>> matrices) throws IOException {
    for (int i = 0; i < config.layers(); i++) {
      int first = i * MATRICES.size();
      try (Arena memory = Arena.ofConfined();
          PtNDManager manager = script.newManager();
          IValue attentionNorm = vector(manager, memory, i, LayerPart.ATTENTION_NORM);
          IValue feedForwardNorm = vector(manager, memory, i, LayerPart.FEED_FORWARD_NORM)) {
        script
            .call(
                "add_layer",
                attentionNorm,
                result(matrices.get(first)),
                result(matrices.get(first + 1)),
                feedForwardNorm,
                result(matrices.get(first + 2)),
                result(matrices.get(first + 3)))
            .close();
      }
    }
  }

  private void attachEnds(IValue head, int positions) throws IOException {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager();
        IValue norm = IValue.from(read(manager, memory, checkpoint.finalNorm()));
        IValue cosines = IValue.from(rotations(manager, memory, positions, false));
        IValue sines = IValue.from(rotations(manager, memory, positions, true))) {
      script.call("set_ends", head, norm, cosines, sines).close();
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

  private IValue vector(PtNDManager manager, Arena memory, int layer, LayerPart part)
      throws IOException {
    return IValue.from(read(manager, memory, checkpoint.layer(layer, part)));
  }

  private static PtNDArray read(PtNDManager manager, Arena memory, Tensor tensor) {
    ByteBuffer floats = direct(memory, tensor.elements());
    tensor.readFloats(floats.asFloatBuffer());
    tensor.unload();
    return array(manager, floats, tensor.shape());
  }

  private static PtNDArray array(PtNDManager manager, ByteBuffer floats, long... shape) {
    return manager.create(floats, new Shape(shape), DataType.FLOAT32);
  }

  /** Memory that is given back with its arena, not whenever the collector comes by. */
  private static ByteBuffer direct(Arena memory, long floats) {
    return memory
        .allocate(floats * Float.BYTES, Float.BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  private static IValue result(Future<IValue> made) throws IOException {
    try {
      return made.get();
    } catch (ExecutionException e) {
      throw new IOException("the weights could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while weights were read");
    }
  }
}
