package dev.parley.model.transformer;

import static dev.parley.model.transformer.TransformerConfig.MOST;

import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;

/**
 * Reads the shape of a network from a {@code config.json}: of transformers 5 ({@code
 * rope_parameters}) and of the versions before ({@code rope_theta}, {@code rope_scaling}).
 */
final class HuggingFaceConfig {
  private HuggingFaceConfig() {}

  static TransformerConfig read(JsonFile config) throws ModelFormatException {
    String family = config.string("model_type").orElse("none");
    if (!family.equals("llama")) {
      throw config.error(
          "model_type", "expected llama, the family this version runs, found " + family);
    }
    refuse(config, "attention_bias");
    refuse(config, "mlp_bias");
    String activation = config.string("hidden_act").orElse("silu");
    if (!activation.equals("silu")) {
      throw config.error("hidden_act", "expected silu, found " + activation);
    }
    int width = config.count("hidden_size", MOST);
    int heads = config.count("num_attention_heads", MOST);
    int kvHeads = config.count("num_key_value_heads", MOST, heads);
    int headDim = config.count("head_dim", MOST, Math.max(1, width / heads));
    Checkpoint.checkHeads(config, "num_key_value_heads", heads, kvHeads, headDim);
    return new TransformerConfig(
        config.count("num_hidden_layers", MOST),
        width,
        heads,
        kvHeads,
        headDim,
        config.count("intermediate_size", MOST),
        config.count("vocab_size", 1 << 24),
        config.count("max_position_embeddings", 1 << 30, 2_048),
        config.positive("rms_norm_eps", 1e-6),
        rotary(config, headDim));
  }

  private static RotaryFrequencies rotary(JsonFile config, int headDim)
      throws ModelFormatException {
    boolean newStyle = config.has("rope_parameters");
    String base = newStyle ? "rope_parameters.rope_theta" : "rope_theta";
    String scaling = newStyle ? "rope_parameters." : "rope_scaling.";
    RotaryFrequencies plain = RotaryFrequencies.of(config.positive(base, 10_000), headDim);
    String older = config.string(scaling + "type").orElse("default");
    String type = config.string(scaling + "rope_type").orElse(older);
    return switch (type) {
      case "default" -> plain;
      case "linear" -> plain.linear(required(config, scaling + "factor"));
      case "llama3" ->
          plain.llama3(
              required(config, scaling + "factor"),
              required(config, scaling + "low_freq_factor"),
              required(config, scaling + "high_freq_factor"),
              required(config, scaling + "original_max_position_embeddings"));
      default ->
          throw config.error(
              scaling + "rope_type", "expected default, linear or llama3, found " + type);
    };
  }

  private static double required(JsonFile config, String key) throws ModelFormatException {
    if (config.number(key).isEmpty()) {
      throw config.error(key, "expected a number, found none");
    }
    return config.positive(key, 1);
  }

  private static void refuse(JsonFile config, String key) throws ModelFormatException {
    if (config.bool(key).orElse(false)) {
      throw config.error(key, "expected false, this version runs no Llama with biases");
    }
  }
}
