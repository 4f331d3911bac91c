package dev.parley.model.transformer;

import dev.parley.model.file.SafetensorsFile;
import java.util.EnumMap;
import java.util.Map;

/** What the tensors of a network are called. Immutable. */
final class TensorNames {
  /** The tensors that a layer may have: matrices, and norms. */
  enum LayerPart {
    ATTENTION_NORM("attn_norm", "input_layernorm", "ln_1"),
    QUERY("attn_q", "self_attn.q_proj", ""),
    KEY("attn_k", "self_attn.k_proj", ""),
    VALUE("attn_v", "self_attn.v_proj", ""),
    /** The three in one, below each other. */
    QUERY_KEY_VALUE("attn_qkv", "self_attn.qkv_proj", "attn.c_attn"),
    QUERY_NORM("attn_q_norm", "self_attn.q_norm", ""),
    KEY_NORM("attn_k_norm", "self_attn.k_norm", ""),
    ATTENTION_OUTPUT("attn_output", "self_attn.o_proj", "attn.c_proj"),
    AFTER_ATTENTION_NORM("post_attention_norm", "post_attention_layernorm", ""),
    FEED_FORWARD_NORM("ffn_norm", "post_attention_layernorm", "ln_2"),
    GATE("ffn_gate", "mlp.gate_proj", ""),
    UP("ffn_up", "mlp.up_proj", "mlp.c_fc"),
    /** The two in one, below each other. */
    GATE_UP("ffn_up", "mlp.gate_up_proj", ""),
    DOWN("ffn_down", "mlp.down_proj", "mlp.c_proj"),
    AFTER_FEED_FORWARD_NORM("post_ffw_norm", "post_feedforward_layernorm", "");

    private final String gguf;
    private final String huggingFace;
    private final String gpt2;

    LayerPart(String gguf, String huggingFace, String gpt2) {
      this.gguf = gguf;
      this.huggingFace = huggingFace;
      this.gpt2 = gpt2;
    }

    /** The last part of transformers' name, such as {@code q_proj}. */
    String moduleName(Family family) {
      String name = family == Family.GPT2 ? gpt2 : huggingFace;
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  private final String embedding;
  private final String positions;
  private final String finalNorm;
  private final String head;
  private final String layer;
  private final Map<LayerPart, String> parts = new EnumMap<>(LayerPart.class);

  private TensorNames(
      String embedding, String positions, String finalNorm, String head, String layer) {
    this.embedding = embedding;
    this.positions = positions;
    this.finalNorm = finalNorm;
    this.head = head;
    this.layer = layer;
  }

  /** {@code MODEL_TENSOR} of the gguf package. */
  static TensorNames gguf() {
    TensorNames names =
        new TensorNames("token_embd", "position_embd", "output_norm", "output", "blk.%d.");
    for (LayerPart part : LayerPart.values()) {
      names.parts.put(part, part.gguf);
    }
    return names;
  }

  /**
   * The {@code modeling_….py} of transformers. Files may lack the first part of every name: so the
   * published GPT-2.
   */
  static TensorNames huggingFace(Family family, SafetensorsFile file) {
    TensorNames usual = huggingFace(family);
    String bare = usual.embedding().substring(usual.embedding().indexOf('.') + 1);
    return file.find(usual.embedding()).isEmpty() && file.find(bare).isPresent()
        ? huggingFace(family, "")
        : usual;
  }

  /** As transformers writes them. */
  static TensorNames huggingFace(Family family) {
    return huggingFace(family, family == Family.GPT2 ? "transformer." : "model.");
  }

  private static TensorNames huggingFace(Family family, String prefix) {
    boolean gpt2 = family == Family.GPT2;
    String embedding = gpt2 ? "wte" : "embed_tokens";
    TensorNames names =
        new TensorNames(
            prefix + embedding,
            prefix + "wpe",
            prefix + (gpt2 ? "ln_f" : "norm"),
            "lm_head",
            prefix + (gpt2 ? "h.%d." : "layers.%d."));
    for (LayerPart part : LayerPart.values()) {
      names.parts.put(part, gpt2 ? part.gpt2 : part.huggingFace);
    }
    if (family.norms == Family.Norms.AROUND) {
      names.parts.put(LayerPart.FEED_FORWARD_NORM, "pre_feedforward_layernorm");
    }
    return names;
  }

  String embedding() {
    return embedding + ".weight";
  }

  /** Of learned positions. */
  String positions() {
    return positions + ".weight";
  }

  String finalNorm() {
    return finalNorm + ".weight";
  }

  String finalNormBias() {
    return finalNorm + ".bias";
  }

  /** Of the head, where it is not the embedding. */
  String head() {
    return head + ".weight";
  }

  String of(int index, LayerPart part) {
    return stem(index, part) + ".weight";
  }

  String biasOf(int index, LayerPart part) {
    return stem(index, part) + ".bias";
  }

  private String stem(int index, LayerPart part) {
    return layer.formatted(index) + parts.get(part);
  }
}
