package dev.parley.model.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.Tensor;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Makes a script's projections of a checkpoint's matrices. Used by many threads at once. */
final class Projections {
  private final Checkpoint checkpoint;
  private final TransformerConfig config;
  private final Script script;
  private final WeightKeeper keeper;

  Projections(Checkpoint checkpoint, Script script, WeightKeeper keeper) {
    this.checkpoint = checkpoint;
    this.config = checkpoint.config();
    this.script = script;
    this.keeper = keeper;
  }

  IValue head() throws IOException {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      IValue weights =
          keeper.keep(WeightNames.HEAD, Floats.read(manager, memory, checkpoint.head()));
      return script.run("linear", weights, noBias(manager, memory));
    }
  }

  /**
   * A projection whose rows are those of several parts, below each other.
   *
   * @param buffer room for the largest
   */
  IValue make(int layer, List<LayerPart> parts, ByteBuffer buffer) throws IOException {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      FloatBuffer floats = buffer.asFloatBuffer();
      for (LayerPart part : parts) {
        Tensor tensor = checkpoint.layer(layer, part);
        decode(tensor, checkpoint.hasPairedRows(part), floats);
        tensor.unload();
      }
      ByteBuffer matrix =
          buffer.slice(0, floats.position() * Float.BYTES).order(ByteOrder.nativeOrder());
      PtNDArray weights = Floats.array(manager, matrix, rows(layer, parts), columns(layer, parts));
      NDArray turned = checkpoint.transposed() ? weights.transpose() : weights;
      addAdapter(manager, memory, layer, parts, turned);
      return script.run(
          "linear",
          keeper.keep(WeightNames.of(layer, parts), (PtNDArray) turned),
          bias(manager, memory, layer, parts));
    }
  }

  /** Adds what was trained beside the parts to their rows. */
  private void addAdapter(
      PtNDManager manager, Arena memory, int layer, List<LayerPart> parts, NDArray matrix)
      throws ModelFormatException {
    long from = 0;
    for (LayerPart part : parts) {
      long to = from + config.shapeOf(part)[0];
      Optional<Adapter.Pair> pair = checkpoint.adapter(layer, part);
      if (pair.isPresent()) {
        double scale = checkpoint.adapter().orElseThrow().scale();
        NDArray a = Floats.read(manager, memory, pair.get().a());
        NDArray b = Floats.read(manager, memory, pair.get().b());
        matrix.get(new NDIndex(from + ":" + to)).addi(b.matMul(a).mul(scale));
      }
      from = to;
    }
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

  /** Puts the rows of a head that turn together half a head apart, as the script wants them. */
  private void decode(Tensor tensor, boolean paired, FloatBuffer target) {
    if (!paired) {
      tensor.readFloats(target);
      return;
    }
    for (long row = 0; row < tensor.rows(); row++) {
      tensor.readFloats(stored(row), 1, target);
    }
  }

  /** Where a file with paired rows has a row. */
  private long stored(long row) {
    int width = config.headDim();
    long within = row % width;
    return row - within + within % (width / 2) * 2 + within / (width / 2);
  }

  /** The biases below each other, zeros where one part alone has none; empty without any. */
  private IValue bias(PtNDManager manager, Arena memory, int layer, List<LayerPart> parts)
      throws ModelFormatException {
    if (parts.stream().noneMatch(config.biased()::contains)) {
      return noBias(manager, memory);
    }
    long count = 0;
    for (LayerPart part : parts) {
      count += outputs(layer, part);
    }
    ByteBuffer bytes = Floats.allocate(memory, count);
    FloatBuffer floats = bytes.asFloatBuffer();
    for (LayerPart part : parts) {
      Optional<Tensor> bias = checkpoint.bias(layer, part);
      if (bias.isPresent() && checkpoint.hasPairedRows(part)) {
        float[] stored = bias.get().floats();
        for (int row = 0; row < stored.length; row++) {
          floats.put(stored[(int) stored(row)]);
        }
      } else if (bias.isPresent()) {
        bias.get().readFloats(floats);
      } else {
        floats.position(floats.position() + (int) outputs(layer, part));
      }
    }
    return keeper.keep(
        WeightNames.biasOf(WeightNames.of(layer, parts)), Floats.array(manager, bytes, count));
  }

  private long outputs(int layer, LayerPart part) throws ModelFormatException {
    long[] shape = checkpoint.layer(layer, part).shape();
    return checkpoint.transposed() ? shape[1] : shape[0];
  }

  private static IValue noBias(PtNDManager manager, Arena memory) {
    return IValue.from(Floats.array(manager, Floats.allocate(memory, 0), 0));
  }
}
