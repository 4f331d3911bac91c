package dev.parley.model.transformer;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.parley.model.transformer.TensorNames.LayerPart;
import dev.parley.model.transformer.TransformerConfig.Layer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
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
 * loading, and so do the threads that OpenMP keeps for them.
 */
final class WeightLoader {
  /** Each holds one decoded matrix; beyond this the memory's bandwidth is the limit. */
  static final int MOST_HELPERS = 4;

  private final TransformerConfig config;
  private final Script script;
  private final Projections projections;
  private final Norms norms;
  private final WeightKeeper keeper;

  private WeightLoader(Checkpoint checkpoint, Script script, WeightKeeper keeper) {
    this.config = checkpoint.config();
    this.script = script;
    this.projections = new Projections(checkpoint, script, keeper);
    this.norms = new Norms(checkpoint, script, keeper);
    this.keeper = keeper;
  }

  /**
   * Attaches all weights.
   *
   * @param positions how many the rotary tables are made for
   */
  static void attach(Checkpoint checkpoint, Script script, WeightKeeper keeper, int positions)
      throws IOException {
    WeightLoader loader = new WeightLoader(checkpoint, script, keeper);
    List<Future<IValue>> made = loader.makeAll();
    try {
      loader.attachRotaries(positions);
      loader.attachLayers(made.subList(1, made.size()));
      loader.attachEnds(result(made.getFirst()));
    } finally {
      made.stream()
          .filter(one -> one.state() == Future.State.SUCCESS)
          .forEach(one -> one.resultNow().close());
    }
  }

  /** How many matrices are decoded at once. */
  static int helpers() {
    return Math.min(MOST_HELPERS, Runtime.getRuntime().availableProcessors());
  }

  /** The head, which takes longest, then the matrices of all layers. */
  private List<Future<IValue>> makeAll() throws IOException {
    int threads = helpers();
    try (Arena memory = Arena.ofShared();
        ExecutorService helpers =
            Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("weights-", 0).factory())) {
      BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(threads);
      long largest = config.largestProjection();
      for (int i = 0; i < threads; i++) {
        free.add(Floats.allocate(memory, largest));
      }
      List<Callable<IValue>> tasks = new ArrayList<>();
      tasks.add(projections::head);
      for (int i = 0; i < config.layers().size(); i++) {
        int layer = i;
        config.projections().forEach(parts -> tasks.add(() -> make(layer, parts, free)));
      }
      return helpers.invokeAll(tasks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while weights were read");
    }
  }

  /**
   * Makes a projection.
   *
   * @param free where to decode: as many as there are helpers
   */
  private IValue make(int layer, List<LayerPart> parts, BlockingQueue<ByteBuffer> free)
      throws IOException, InterruptedException {
    ByteBuffer buffer = free.take();
    try {
      return projections.make(layer, parts, buffer);
    } finally {
      free.add(buffer);
    }
  }

  private void attachLayers(List<Future<IValue>> matrices) throws IOException {
    int each = config.projections().size();
    for (int i = 0; i < config.layers().size(); i++) {
      Layer layer = config.layers().get(i);
      int first = i * each;
      try (IValue attentionNorm = norms.before(i, LayerPart.ATTENTION_NORM);
          IValue queryKeyNorm = norms.ofQueriesAndKeys(i);
          IValue afterAttention = norms.after(i, LayerPart.AFTER_ATTENTION_NORM);
          IValue feedForwardNorm = norms.before(i, LayerPart.FEED_FORWARD_NORM);
          IValue afterFeedForward = norms.after(i, LayerPart.AFTER_FEED_FORWARD_NORM);
          IValue rotary = IValue.from((long) layer.rotary());
          IValue window = IValue.from((long) layer.window())) {
        script
            .call(
                "add_layer",
                attentionNorm,
                result(matrices.get(first)),
                queryKeyNorm,
                result(matrices.get(first + 1)),
                afterAttention,
                feedForwardNorm,
                result(matrices.get(first + 2)),
                result(matrices.get(first + 3)),
                afterFeedForward,
                rotary,
                window)
            .close();
      }
    }
  }

  private void attachEnds(IValue head) throws IOException {
    try (IValue norm = norms.last()) {
      script.call("set_ends", head, norm).close();
    }
  }

  private void attachRotaries(int positions) {
    for (int i = 0; i < config.rotaries().size(); i++) {
      RotaryFrequencies rotary = config.rotaries().get(i);
      try (Arena memory = Arena.ofConfined();
          PtNDManager manager = script.newManager()) {
        script
            .run(
                "add_rotary",
                keeper.keep(
                    WeightNames.ROTARY + i + ".cos",
                    rotations(manager, memory, rotary, positions, false)),
                keeper.keep(
                    WeightNames.ROTARY + i + ".sin",
                    rotations(manager, memory, rotary, positions, true)))
            .close();
      }
    }
  }

  /**
   * Cosines, or sines with the sign that {@code rotate} of the script expects {@code [positions,
   * headDim]}.
   */
  private PtNDArray rotations(
      PtNDManager manager, Arena memory, RotaryFrequencies rotary, int positions, boolean sines) {
    int width = config.headDim();
    ByteBuffer table = Floats.allocate(memory, (long) positions * width);
    FloatBuffer floats = table.asFloatBuffer();
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < width; i++) {
        double angle = rotary.angle(position, i);
        double sign = i < width / 2 ? -1 : 1;
        floats.put((float) (sines ? sign * Math.sin(angle) : Math.cos(angle)));
      }
    }
    return Floats.array(manager, table, positions, width);
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
