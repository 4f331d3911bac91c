package dev.parley.model.transformer;

/** What the weights of a Llama are called. */
enum TensorNames {
  /** {@code MODEL_TENSOR} of the gguf package. */
  GGUF("token_embd.weight", "output_norm.weight", "output.weight", "blk.%d.%s.weight"),
  /** {@code modeling_llama.py} of transformers. */
  HUGGING_FACE(
      "model.embed_tokens.weight",
      "model.norm.weight",
      "lm_head.weight",
      "model.layers.%d.%s.weight");

  /** The tensors of a layer, in the order in which the script takes them. */
  enum LayerPart {
    ATTENTION_NORM("attn_norm", "input_layernorm"),
    QUERY("attn_q", "self_attn.q_proj"),
    KEY("attn_k", "self_attn.k_proj"),
    VALUE("attn_v", "self_attn.v_proj"),
    ATTENTION_OUTPUT("attn_output", "self_attn.o_proj"),
    FEED_FORWARD_NORM("ffn_norm", "post_attention_layernorm"),
    GATE("ffn_gate", "mlp.gate_proj"),
    UP("ffn_up", "mlp.up_proj"),
    DOWN("ffn_down", "mlp.down_proj");

    private final String gguf;
    private final String huggingFace;

    LayerPart(String gguf, String huggingFace) {
      this.gguf = gguf;
      this.huggingFace = huggingFace;
    }
  }

  private final String embedding;
  private final String finalNorm;
  private final String head;
  private final String layer;

  TensorNames(String embedding, String finalNorm, String head, String layer) {
    this.embedding = embedding;
    this.finalNorm = finalNorm;
    this.head = head;
    this.layer = layer;
  }

  String embedding() {
    return embedding;
  }

  String finalNorm() {
    return finalNorm;
  }

  /** Of the head, where it is not the embedding. */
  String head() {
    return head;
  }

  String of(int index, LayerPart part) {
    return layer.formatted(index, this == GGUF ? part.gguf : part.huggingFace);
  }

  /**
   * Whether rows of query and key that turn together stand side by side, as {@code
   * LlamaModel.permute} of llama.cpp leaves them, and not half a head apart.
   */
  boolean pairedRotary() {
    return this == GGUF;
  }
}
