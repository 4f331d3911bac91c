package dev.parley.model.transformer;

import static dev.parley.model.transformer.TransformerConfig.MOST;

import dev.parley.model.file.GgufFile;
import dev.parley.model.file.Metadata;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Reads the shape of a network from the metadata of a <a
 * href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a> file.
 */
final class GgufConfig {
  /** Divisors of the rotary frequencies: how GGUF keeps the scaling of Llama 3. */
  private static final String ROPE_FACTORS = "rope_freqs.weight";

  private GgufConfig() {}

  static TransformerConfig read(GgufFile file) throws ModelFormatException {
    Metadata meta = file.metadata();
    String family = meta.requireString("general.architecture");
    if (!family.equals("llama")) {
      throw meta.error(
          "general.architecture", "expected llama, the family this version runs, found " + family);
    }
    if (meta.integer("llama.expert_count").orElse(0) != 0) {
      throw meta.error("llama.expert_count", "expected none, this version runs no experts");
    }
    int width = meta.count("llama.embedding_length", MOST);
    int heads = meta.count("llama.attention.head_count", MOST);
    int kvHeads = meta.count("llama.attention.head_count_kv", MOST, heads);
    int headDim = meta.count("llama.attention.key_length", MOST, Math.max(1, width / heads));
    Checkpoint.checkHeads(meta, "llama.attention.head_count_kv", heads, kvHeads, headDim);
    int turning = meta.count("llama.rope.dimension_count", MOST, headDim);
    if (turning != headDim) {
      throw meta.error(
          "llama.rope.dimension_count", "expected the heads' " + headDim + ", found " + turning);
    }
    long[] embedding = file.tensor(TensorNames.GGUF.embedding()).shape();
    int vocabulary = meta.count("llama.vocab_size", 1 << 24, (int) embedding[0]);
    return new TransformerConfig(
        meta.count("llama.block_count", MOST),
        width,
        heads,
        kvHeads,
        headDim,
        meta.count("llama.feed_forward_length", MOST),
        vocabulary,
        meta.count("llama.context_length", 1 << 30, 2_048),
        meta.positive("llama.attention.layer_norm_rms_epsilon", 1e-5),
        rotary(file, headDim));
  }

  private static RotaryFrequencies rotary(GgufFile file, int headDim) throws ModelFormatException {
    Metadata meta = file.metadata();
    RotaryFrequencies plain =
        RotaryFrequencies.of(meta.positive("llama.rope.freq_base", 10_000), headDim);
    Optional<Tensor> factors = file.find(ROPE_FACTORS);
    if (factors.isPresent()) {
      return plain.dividedBy(factors(file, factors.get(), headDim / 2));
    }
    String scaling = meta.string("llama.rope.scaling.type").orElse("none");
    return switch (scaling) {
      case "none" -> plain;
      case "linear" -> plain.linear(meta.positive("llama.rope.scaling.factor", 1));
      default ->
          throw meta.error("llama.rope.scaling.type", "expected none or linear, found " + scaling);
    };
  }

  private static float[] factors(GgufFile file, Tensor tensor, int count)
      throws ModelFormatException {
    if (!tensor.hasShape(count)) {
      throw file.error("tensor " + tensor.name(), "expected " + count + " numbers");
    }
    float[] factors = new float[count];
    tensor.readFloats(FloatBuffer.wrap(factors));
    for (float factor : factors) {
      if (!(factor > 0 && factor < Float.POSITIVE_INFINITY)) {
        throw file.error("tensor " + tensor.name(), "expected positive numbers, found " + factor);
      }
    }
    return factors;
  }
}
