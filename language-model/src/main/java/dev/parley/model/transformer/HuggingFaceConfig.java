package dev.parley.model.transformer;

import static dev.parley.model.transformer.TransformerConfig.MOST;

import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.transformer.TensorNames.LayerPart;
import dev.parley.model.transformer.TransformerConfig.Layer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the shape of a network from a {@code config.json}: of transformers 5 ({@code
 * rope_parameters}, {@code layer_types}) and of the versions before ({@code rope_theta}, {@code
 * rope_scaling}, {@code sliding_window_pattern}).
 */
final class HuggingFaceConfig {
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  private final JsonFile config;
  private final Family family;

  private HuggingFaceConfig(JsonFile config, Family family) {
    this.config = config;
    this.family = family;
  }

  static TransformerConfig read(JsonFile config) throws ModelFormatException {
    String name = config.string("model_type").orElse("none");
    Family family =
        Family.ofModelType(name)
            .orElseThrow(
                () ->
                    config.error(
                        "model_type",
                        "expected one of the families this version runs ("
                            + Family.modelTypes()
                            + "), found "
                            + name));
    HuggingFaceConfig reader = new HuggingFaceConfig(config, family);
    return family == Family.GPT2 ? reader.gpt2() : reader.rotating();
  }

  private TransformerConfig gpt2() throws ModelFormatException {
    expect("activation_function", "gelu_new");
    refuse("scale_attn_by_inverse_layer_idx");
    if (!config.bool("scale_attn_weights").orElse(true)) {
      throw config.error("scale_attn_weights", "expected true, found false");
    }
    int width = config.count("n_embd", MOST);
    int heads = config.count("n_head", MOST);
    int headDim = Math.max(1, width / heads);
    Checkpoint.checkHeads(config, "n_head", heads, heads, headDim);
    List<Layer> layers = new ArrayList<>();
    for (int i = config.count("n_layer", MOST); i > 0; i--) {
      layers.add(new Layer(Layer.NO_ROTARY, 0));
    }
    return new TransformerConfig(
        family,
        width,
        heads,
        heads,
        headDim,
        config.count("n_inner", MOST, 4 * width),
        config.count("vocab_size", 1 << 24),
        config.count("n_positions", 1 << 30, 1_024),
        config.positive("layer_norm_epsilon", 1e-5),
        1 / Math.sqrt(headDim),
        1,
        List.of(),
        layers,
        EnumSet.of(
            LayerPart.QUERY_KEY_VALUE, LayerPart.ATTENTION_OUTPUT, LayerPart.UP, LayerPart.DOWN));
  }

  private TransformerConfig rotating() throws ModelFormatException {
    if (family == Family.GEMMA3) {
      expect("hidden_activation", "gelu_pytorch_tanh");
      refuseNumber("final_logit_softcapping");
      refuseNumber("attn_logit_softcapping");
      refuse("use_bidirectional_attention");
    } else {
      expect("hidden_act", "silu");
    }
    int width = config.count("hidden_size", MOST);
    int heads = config.count("num_attention_heads", MOST);
    int kvHeads = config.count("num_key_value_heads", MOST, heads);
    int headDim = config.count("head_dim", MOST, Math.max(1, width / heads));
    Checkpoint.checkHeads(config, "num_key_value_heads", heads, kvHeads, headDim);
    List<Layer> layers = layers(config.count("num_hidden_layers", MOST));
    double scaledBy =
        family == Family.GEMMA3 ? config.positive("query_pre_attn_scalar", 256) : headDim;
    return new TransformerConfig(
        family,
        width,
        heads,
        kvHeads,
        headDim,
        config.count("intermediate_size", MOST),
        config.count("vocab_size", 1 << 24),
        config.count("max_position_embeddings", 1 << 30, 2_048),
        config.positive("rms_norm_eps", 1e-6),
        1 / Math.sqrt(scaledBy),
        family == Family.GEMMA3 ? Math.sqrt(width) : 1,
        rotaries(headDim),
        layers,
        biased());
  }

  private Set<LayerPart> biased() throws ModelFormatException {
    Set<LayerPart> biased = EnumSet.noneOf(LayerPart.class);
    boolean attention = config.bool("attention_bias").orElse(false);
    if (attention || family == Family.QWEN2) {
      biased.addAll(EnumSet.of(LayerPart.QUERY, LayerPart.KEY, LayerPart.VALUE));
    }
    if (attention) {
      biased.add(LayerPart.ATTENTION_OUTPUT);
    }
    if (config.bool("mlp_bias").orElse(false)) {
      biased.addAll(EnumSet.of(LayerPart.GATE, LayerPart.UP, LayerPart.DOWN));
    }
    return biased;
  }

  private List<Layer> layers(int count) throws ModelFormatException {
    int window = window();
    List<String> types = config.strings("layer_types");
    List<Long> turning = config.integers("no_rope_layers"); // 1 where a layer does turn
    int withoutEvery =
        family == Family.SMOLLM3 ? config.count("no_rope_layer_interval", MOST, 4) : MOST + 1;
    checkLength("layer_types", types.size(), count);
    checkLength("no_rope_layers", turning.size(), count);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean slides = window > 0 && (types.isEmpty() ? slides(i) : slides(types.get(i)));
      boolean turns = turning.isEmpty() ? (i + 1) % withoutEvery != 0 : turning.get(i) != 0;
      int rotary = slides && family == Family.GEMMA3 ? 1 : 0;
      layers.add(new Layer(turns ? rotary : Layer.NO_ROTARY, slides ? window : 0));
    }
    return layers;
  }

  /** Tokens that layers with a window look back at; 0 where there are none. */
  private int window() throws ModelFormatException {
    boolean used = config.bool("use_sliding_window").orElse(true);
    return used && config.has("sliding_window") ? config.count("sliding_window", 1 << 30) : 0;
  }

  private boolean slides(String type) throws ModelFormatException {
    if (!type.equals(FULL) && !type.equals(SLIDING)) {
      throw config.error("layer_types", "expected " + FULL + " or " + SLIDING + ", found " + type);
    }
    return type.equals(SLIDING);
  }

  /** Whether a layer has a window, by the rules from before {@code layer_types}. */
  private boolean slides(int layer) throws ModelFormatException {
    return switch (family) {
      case GEMMA3 -> (layer + 1) % config.count("sliding_window_pattern", MOST, 6) != 0;
      case QWEN2, QWEN3 -> layer >= config.integer("max_window_layers").orElse(28);
      default -> true;
    };
  }

  private void checkLength(String key, int found, int layers) throws ModelFormatException {
    if (found != 0 && found != layers) {
      throw config.error(key, "expected one for each of " + layers + " layers, found " + found);
    }
  }

  private List<RotaryFrequencies> rotaries(int headDim) throws ModelFormatException {
    if (config.positive("partial_rotary_factor", 1) != 1
        || config.positive("rope_parameters.partial_rotary_factor", 1) != 1) {
      throw config.error(
          "partial_rotary_factor", "expected 1, as this version turns whole heads, found another");
    }
    if (family != Family.GEMMA3) {
      return List.of(rotary("rope_parameters.", "rope_theta", 10_000, "rope_scaling.", headDim));
    }
    return List.of(
        rotary("rope_parameters." + FULL + ".", "rope_theta", 1e6, "rope_scaling.", headDim),
        rotary(
            "rope_parameters." + SLIDING + ".", "rope_local_base_freq", 10_000, "none.", headDim));
  }

  /**
   * One kind of layer's.
   *
   * @param newer where transformers 5 keeps it
   * @param olderBase where the versions before keep its base
   * @param olderScaling where they keep its scaling
   */
  private RotaryFrequencies rotary(
      String newer, String olderBase, double usualBase, String olderScaling, int headDim)
      throws ModelFormatException {
    boolean newStyle = config.has("rope_parameters");
    String base = newStyle ? newer + "rope_theta" : olderBase;
    String scaling = newStyle ? newer : olderScaling;
    RotaryFrequencies plain = RotaryFrequencies.of(config.positive(base, usualBase), headDim);
    String older = config.string(scaling + "type").orElse("default");
    String type = config.string(scaling + "rope_type").orElse(older);
    return switch (type) {
      case "default" -> plain;
      case "linear" -> plain.linear(required(scaling + "factor"));
      case "llama3" ->
          plain.llama3(
              required(scaling + "factor"),
              required(scaling + "low_freq_factor"),
              required(scaling + "high_freq_factor"),
              required(scaling + "original_max_position_embeddings"));
      default ->
          throw config.error(
              scaling + "rope_type", "expected default, linear or llama3, found " + type);
    };
  }

  private double required(String key) throws ModelFormatException {
    if (config.number(key).isEmpty()) {
      throw config.error(key, "expected a number, found none");
    }
    return config.positive(key, 1);
  }

  private void expect(String key, String expected) throws ModelFormatException {
    String found = config.string(key).orElse(expected);
    if (!found.equals(expected)) {
      throw config.error(key, "expected " + expected + ", found " + found);
    }
  }

  private void refuse(String key) throws ModelFormatException {
    if (config.bool(key).orElse(false)) {
      throw config.error(key, "expected false, as this version runs no other, found true");
    }
  }

  private void refuseNumber(String key) throws ModelFormatException {
    if (config.number(key).isPresent()) {
      throw config.error(key, "expected none, as this version runs no other, found one");
    }
  }
}
