package dev.parley.model.transformer;

import dev.parley.model.file.GgufFile;
import dev.parley.model.file.Metadata;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.TensorFile;

/**
 * The shape of a network of the Llama family, checked against its tensors.
 *
 * @param layers blocks of attention and feed-forward
 * @param width of the residual stream
 * @param heads query heads
 * @param kvHeads key and value heads, a divisor of {@code heads}
 * @param headDim width of a head, even
 * @param feedForward inner width of the feed-forward
 * @param vocabulary tokens
 * @param contextLength positions it was trained for
 * @param epsilon of the norms
 * @param ropeBase base of the rotary frequencies
 * @param scaling of the rotary frequencies
 */
record TransformerConfig(
    int layers,
    int width,
    int heads,
    int kvHeads,
    int headDim,
    int feedForward,
    int vocabulary,
    int contextLength,
    double epsilon,
    double ropeBase,
    RotaryScaling scaling) {
  private static final int MOST = 1 << 20;

  /** Reads the shape of a GGUF file. */
  static TransformerConfig of(GgufFile file) throws ModelFormatException {
    Metadata meta = file.metadata();
    String architecture = meta.requireString("general.architecture");
    if (!architecture.equals("llama")) {
      throw file.error(
          "general.architecture",
          "expected llama, the family this version runs, found " + architecture);
    }
    int width = number(file, "llama.embedding_length", -1);
    int heads = number(file, "llama.attention.head_count", -1);
    int headDim = number(file, "llama.attention.key_length", width / heads);
    TransformerConfig config =
        new TransformerConfig(
            number(file, "llama.block_count", -1),
            width,
            heads,
            number(file, "llama.attention.head_count_kv", heads),
            headDim,
            number(file, "llama.feed_forward_length", -1),
            (int) file.tensor("token_embd.weight").shape()[0],
            number(file, "llama.context_length", 2_048),
            positive(file, "llama.attention.layer_norm_rms_epsilon", 1e-5),
            positive(file, "llama.rope.freq_base", 10_000),
            RotaryScaling.NONE);
    int declared = number(file, "llama.vocab_size", config.vocabulary);
    if (declared != config.vocabulary) {
      throw file.error(
          "llama.vocab_size",
          "expected " + config.vocabulary + " as in token_embd.weight, found " + declared);
    }
    if (meta.string("llama.rope.scaling.type").map(type -> !type.equals("none")).orElse(false)) {
      throw file.error(
          "llama.rope.scaling.type", "expected none, this version scales by llama3 only");
    }
    config.check(file);
    return config;
  }

  private void check(TensorFile file) throws ModelFormatException {
    if (heads % kvHeads != 0) {
      throw file.error("head count", "expected a multiple of " + kvHeads + ", found " + heads);
    }
    if (headDim % 2 != 0) {
      throw file.error("head size", "expected an even number, found " + headDim);
    }
    if (file.find("blk." + (layers - 1) + ".ffn_down.weight").isEmpty()
        || file.find("blk." + layers + ".ffn_down.weight").isPresent()) {
      throw file.error(
          "llama.block_count", "expected as many blocks of tensors, found " + layers + " named");
    }
  }

  private static int number(GgufFile file, String key, int otherwise) throws ModelFormatException {
    long value = file.metadata().integer(key).orElse(otherwise);
    if (value < 1 || value > MOST) {
      throw file.error(
          key, "expected a number from 1 to " + MOST + ", found " + (value == -1 ? "none" : value));
    }
    return (int) value;
  }

  private static double positive(GgufFile file, String key, double otherwise)
      throws ModelFormatException {
    double value = file.metadata().number(key).orElse(otherwise);
    if (!(value > 0 && value < 1e12)) {
      throw file.error(key, "expected a positive number, found " + value);
    }
    return value;
  }
}
