package dev.parley.model.transformer;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.Tensor;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Makes a script's norms of a checkpoint's weights. */
final class Norms {
  private final Checkpoint checkpoint;
  private final TransformerConfig config;
  private final Script script;

  Norms(Checkpoint checkpoint, Script script) {
    this.checkpoint = checkpoint;
    this.config = checkpoint.config();
    this.script = script;
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
      case EACH_HEAD -> eachHead(layer);
      case ALL_HEADS -> allHeads(layer);
    };
  }

  IValue last() throws ModelFormatException {
    return norm(checkpoint.finalNorm(), checkpoint.finalNormBias());
  }

  private IValue none() {
    return script.run("no_norm");
  }

  private IValue ofLayer(int layer, LayerPart part) throws ModelFormatException {
    return norm(checkpoint.layer(layer, part), checkpoint.bias(layer, part));
  }

  private IValue norm(Tensor weights, Optional<Tensor> bias) {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      IValue scale = Floats.read(manager, memory, weights, checkpoint.normOffset());
      return bias.isPresent()
          ? script.run("layer_norm", scale, Floats.read(manager, memory, bias.get()))
          : script.run("rms_norm", scale);
    }
  }

  /** One norm with the weights of every head {@code [heads + kvHeads, headDim]}. */
  private IValue eachHead(int layer) throws ModelFormatException {
    int heads = config.heads();
    int all = heads + config.kvHeads();
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      ByteBuffer bytes = Floats.allocate(memory, (long) all * config.headDim());
      FloatBuffer floats = bytes.asFloatBuffer();
      for (int head = 0; head < all; head++) {
        LayerPart part = head < heads ? LayerPart.QUERY_NORM : LayerPart.KEY_NORM;
        checkpoint.layer(layer, part).readFloats(floats);
      }
      for (int i = 0; i < floats.capacity(); i++) {
        floats.put(i, floats.get(i) + checkpoint.normOffset());
      }
      return script.run(
          "rms_norm", IValue.from(Floats.array(manager, bytes, all, config.headDim())));
    }
  }

  private IValue allHeads(int layer) throws ModelFormatException {
    try (Arena memory = Arena.ofConfined();
        PtNDManager manager = script.newManager()) {
      return script.run(
          "all_heads_norm",
          Floats.read(manager, memory, checkpoint.layer(layer, LayerPart.QUERY_NORM)),
          Floats.read(manager, memory, checkpoint.layer(layer, LayerPart.KEY_NORM)));
    }
  }
}
