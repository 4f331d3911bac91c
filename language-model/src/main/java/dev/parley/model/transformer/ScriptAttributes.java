package dev.parley.model.transformer;

import java.util.LinkedHashMap;
import java.util.Map;

/** What class {@code Transformer} of the script begins with, in the order of its declarations. */
final class ScriptAttributes {
  private ScriptAttributes() {}

  /** For a network that writes. */
  static Map<String, Object> of(TransformerConfig config, MemoryPlan plan) {
    return of(config, false, plan.packed(), plan.weights().dtype, plan.cacheType());
  }

  /**
   * For a network that learns.
   *
   * @param compute the type that it computes with; its weights are fp32
   */
  static Map<String, Object> ofTraining(TransformerConfig config, Weights compute) {
    return of(config, true, false, compute.dtype, compute.dtype);
  }

  private static Map<String, Object> of(
      TransformerConfig config, boolean learns, boolean packed, int type, int cacheType) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", false); // libtorch's own, which loading sets to this
    attributes.put("learns", learns);
    attributes.put("heads", config.heads());
    attributes.put("kv_heads", config.kvHeads());
    attributes.put("head_dim", config.headDim());
    attributes.put("eps", config.epsilon());
    attributes.put("scale", config.attentionScale());
    attributes.put("gated", config.family().gated());
    attributes.put("gelu", config.family().gelu());
    attributes.put("packed", packed);
    attributes.put("dtype", type);
    attributes.put("cache_dtype", cacheType);
    attributes.put("layers", new ScriptArchive.EmptyList("__torch__.Layer"));
    attributes.put("head", new ScriptArchive.EmptyList("__torch__.Linear"));
    attributes.put("norm", new ScriptArchive.EmptyList("__torch__.Norm"));
    attributes.put("cos", new ScriptArchive.EmptyList("Tensor"));
    attributes.put("sin", new ScriptArchive.EmptyList("Tensor"));
    attributes.put("embeddings", new ScriptArchive.EmptyList("Tensor"));
    attributes.put("embedding_scale", config.embeddingScale());
    return attributes;
  }
}
