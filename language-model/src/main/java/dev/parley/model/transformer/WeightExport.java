package dev.parley.model.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Takes trained weights apart into the tensors that transformers knows, adapters merged. */
final class WeightExport {
  private final TrainableTransformer network;
  private final TransformerConfig config;
  private final Family family;
  private final TensorNames names;
  private final MemoryTensors out;

  private WeightExport(TrainableTransformer network, Path path) {
    this.network = network;
    this.config = network.config();
    this.family = config.family();
    this.names = TensorNames.huggingFace(family);
    this.out = new MemoryTensors(path);
  }

  /**
   * Copies all weights.
   *
   * @param path that the network was read from
   */
  static MemoryTensors of(TrainableTransformer network, Path path) {
    WeightExport export = new WeightExport(network, path);
    try (NDManager step = network.newManager()) {
      export.ends(step);
      for (int i = 0; i < export.config.layers().size(); i++) {
        export.layer(step, i);
      }
      return export.out;
    } catch (RuntimeException | Error e) {
      export.out.close();
      throw e;
    }
  }

  private void ends(NDManager step) {
    add(names.embedding(), weight(step, WeightNames.EMBEDDING));
    find(step, WeightNames.POSITIONS).ifPresent(array -> add(names.positions(), array));
    add(names.finalNorm(), stored(weight(step, WeightNames.FINAL_NORM)));
    find(step, WeightNames.biasOf(WeightNames.FINAL_NORM))
        .ifPresent(array -> add(names.finalNormBias(), array));
    find(step, WeightNames.HEAD).ifPresent(array -> add(names.head(), array));
  }

  private void layer(NDManager step, int layer) {
    for (List<LayerPart> parts : config.projections()) {
      NDArray matrix = weight(step, WeightNames.of(layer, parts));
      Optional<NDArray> bias = find(step, WeightNames.biasOf(WeightNames.of(layer, parts)));
      long from = 0;
      for (LayerPart part : parts) {
        long to = from + config.shapeOf(part)[0];
        NDArray rows = network.merged(step, layer, part, matrix.get(rows(from, to)));
        add(names.of(layer, part), family == Family.GPT2 ? rows.transpose() : rows);
        if (bias.isPresent() && config.biased().contains(part)) {
          add(names.biasOf(layer, part), bias.get().get(rows(from, to)));
        }
        from = to;
      }
    }
    for (LayerPart part : config.norms()) {
      String name = WeightNames.of(layer, part);
      add(names.of(layer, part), stored(weight(step, name)));
      find(step, WeightNames.biasOf(name))
          .ifPresent(array -> add(names.biasOf(layer, part), array));
    }
  }

  private static NDIndex rows(long from, long to) {
    return new NDIndex(from + ":" + to);
  }

  /** Norms of Gemma are kept without the one that is added to them. */
  private NDArray stored(NDArray norm) {
    return norm.sub(family.normOffset());
  }

  private NDArray weight(NDManager step, String name) {
    return find(step, name).orElseThrow(() -> new IllegalStateException("no weight " + name));
  }

  /** For a step: what is made of it is freed with it. */
  private Optional<NDArray> find(NDManager step, String name) {
    return network.weight(name).map(array -> array.mul(1f)).map(copy -> attached(copy, step));
  }

  private static NDArray attached(NDArray array, NDManager step) {
    array.attach(step);
    return array;
  }

  private void add(String name, NDArray array) {
    out.add(
        name,
        array.getShape().getShape(),
        target -> {
          try (NDArray whole = array.mul(1f)) {
            target.put(whole.toFloatArray());
          }
        });
  }
}
