package dev.parley.model.transformer;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.Tensor;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.lang.foreign.Arena;
import java.util.Optional;

/** Makes a script's norms of a checkpoint's weights. */
final class Norms {
  private final Checkpoint checkpoint;
  private final TransformerConfig config;
  private final Script script;
  private final WeightKeeper keeper;

  Norms(Checkpoint checkpoint, Script script, WeightKeeper keeper) {
    this.checkpoint = checkpoint;
    this.config = checkpoint.config();
    this.script = script;
    this.keeper = keeper;
  }

  /** One of the norms before attention and feed-forward, if the family has them there. */
  IValue before(int layer, LayerPart part) throws ModelFormatException {
    return config.family().norms.before() ? ofLayer(layer, part) : none();
  }

  /** One of the norms after attention and feed-forward, if the family has them there. */
  IValue after(int layer, LayerPart part) throws ModelFormatException {
    return config.family().norms.after() ? ofLayer(layer, part) : none();
  }

  IValue ofQueriesAndKeys(int layer) throws ModelFormatException {
    return switch (config.family().queryKeyNorm) {
      case NONE -> none();
      case EACH_HEAD -> ofQueriesAndKeys("each_head_norm", layer);
      case ALL_HEADS -> ofQueriesAndKeys("all_heads_norm", layer);
    };
  }

  IValue last() throws ModelFormatException {
    return norm(WeightNames.FINAL_NORM, checkpoint.finalNorm(), checkpoint.finalNormBias());
  }

  private IValue none() {
    return script.run("no_norm");
  }

  private IValue ofLayer(int layer, LayerPart part) throws ModelFormatException {
    return norm(
        WeightNames.of(layer, part), checkpoint.layer(layer, part), checkpoint.bias(layer, part));
  }

  private IValue norm(String name, Tensor weights, Optional<Tensor> bias) {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      IValue scale = read(manager, memory, name, weights);
      return bias.isPresent()
          ? script.run(
              "layer_norm",
              scale,
              keeper.keep(WeightNames.biasOf(name), Floats.read(manager, memory, bias.get())))
          : script.run("rms_norm", scale);
    }
  }

  private IValue ofQueriesAndKeys(String method, int layer) throws ModelFormatException {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      return script.run(
          method,
          read(manager, memory, layer, LayerPart.QUERY_NORM),
          read(manager, memory, layer, LayerPart.KEY_NORM));
    }
  }

  private IValue read(PtNDManager manager, Arena memory, int layer, LayerPart part)
      throws ModelFormatException {
    return read(manager, memory, WeightNames.of(layer, part), checkpoint.layer(layer, part));
  }

  private IValue read(PtNDManager manager, Arena memory, String name, Tensor weights) {
    return keeper.keep(name, Floats.read(manager, memory, weights, checkpoint.normOffset()));
  }
}
