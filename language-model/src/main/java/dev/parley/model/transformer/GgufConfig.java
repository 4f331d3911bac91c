package dev.parley.model.transformer;

import static dev.parley.model.transformer.TransformerConfig.MOST;

import dev.parley.model.file.GgufFile;
import dev.parley.model.file.Metadata;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.Tensor;
import dev.parley.model.transformer.TensorNames.LayerPart;
import dev.parley.model.transformer.TransformerConfig.Layer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the shape of a network from the metadata of a <a
 * href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a> file. What these files
 * leave out is as llama.cpp takes it ({@code llama_model::load_hparams}).
 */
final class GgufConfig {
  /** Divisors of the rotary frequencies: how GGUF keeps the scaling of Llama 3. */
  private static final String ROPE_FACTORS = "rope_freqs.weight";

  /** The same for Phi-3 models of long contexts. */
  private static final String LONG_ROPE_FACTORS = "rope_factors_long.weight";

  private static final double GEMMA3_WINDOW_BASE = 10_000;
  private static final int GEMMA3_WINDOW_PATTERN = 6;
  private static final int GEMMA3_27B_LAYERS = 62;
  private static final int SMOLLM3_NO_ROPE_EVERY = 4;

  private final GgufFile file;
  private final Metadata meta;
  private final Family family;

  private GgufConfig(GgufFile file, Family family) {
    this.file = file;
    this.meta = file.metadata();
    this.family = family;
  }

  static TransformerConfig read(GgufFile file) throws ModelFormatException {
    String name = file.metadata().requireString("general.architecture");
    Family family =
        Family.ofArchitecture(name)
            .orElseThrow(
                () ->
                    file.metadata()
                        .error(
                            "general.architecture",
                            "expected one of the families this version runs ("
                                + String.join(", ", Family.architectures())
                                + "), found "
                                + name));
    return new GgufConfig(file, family).read();
  }

  private TransformerConfig read() throws ModelFormatException {
    if (meta.integer(key("expert_count")).orElse(0) != 0) {
      throw meta.error(key("expert_count"), "expected none, this version runs no experts");
    }
    int width = meta.count(key("embedding_length"), MOST);
    int heads = meta.count(key("attention.head_count"), MOST);
    int kvHeads = meta.count(key("attention.head_count_kv"), MOST, heads);
    int headDim = meta.count(key("attention.key_length"), MOST, Math.max(1, width / heads));
    Checkpoint.checkHeads(meta, key("attention.head_count_kv"), heads, kvHeads, headDim);
    int turning = meta.count(key("rope.dimension_count"), MOST, headDim);
    if (turning != headDim) {
      throw meta.error(
          key("rope.dimension_count"), "expected the heads' " + headDim + ", found " + turning);
    }
    long[] embedding = file.tensor(TensorNames.gguf().embedding()).shape();
    int vocabulary = meta.count(key("vocab_size"), 1 << 24, (int) embedding[0]);
    int layers = meta.count(key("block_count"), MOST);
    String norm =
        family.layerNorm() ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon";
    boolean largest = family == Family.GEMMA3 && layers == GEMMA3_27B_LAYERS;
    return new TransformerConfig(
        family,
        width,
        heads,
        kvHeads,
        headDim,
        meta.count(key("feed_forward_length"), MOST),
        vocabulary,
        meta.count(key("context_length"), 1 << 30, 2_048),
        meta.positive(key(norm), 1e-5),
        1 / Math.sqrt(largest ? (double) width / heads : headDim),
        family == Family.GEMMA3 ? Math.sqrt(width) : 1,
        rotaries(headDim),
        layers(layers),
        biased());
  }

  private String key(String name) {
    return family.architecture() + "." + name;
  }

  private List<Layer> layers(int count) throws ModelFormatException {
    int window =
        meta.integer(key("attention.sliding_window")).orElse(0) == 0
            ? 0
            : meta.count(key("attention.sliding_window"), 1 << 30);
    if (window > 0 && family == Family.OLMO2) {
      throw meta.error(
          key("attention.sliding_window"), "expected none, this version runs no OLMo 3");
    }
    int pattern =
        family == Family.GEMMA3
            ? meta.count(key("attention.sliding_window_pattern"), MOST, GEMMA3_WINDOW_PATTERN)
            : MOST + 1;
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean full = (i + 1) % pattern == 0;
      boolean slides = window > 0 && !full;
      layers.add(new Layer(rotaryOf(i, slides), slides ? window : 0));
    }
    return layers;
  }

  private int rotaryOf(int layer, boolean slides) {
    return switch (family) {
      case GPT2 -> Layer.NO_ROTARY;
      case GEMMA3 -> slides ? 1 : 0;
      case SMOLLM3 -> (layer + 1) % SMOLLM3_NO_ROPE_EVERY == 0 ? Layer.NO_ROTARY : 0;
      default -> 0;
    };
  }

  /** A file has a bias or has it not. */
  private Set<LayerPart> biased() {
    Set<LayerPart> biased = EnumSet.noneOf(LayerPart.class);
    for (LayerPart part : LayerPart.values()) {
      if (file.find(TensorNames.gguf().biasOf(0, part)).isPresent()) {
        biased.add(part);
      }
    }
    return biased;
  }

  private List<RotaryFrequencies> rotaries(int headDim) throws ModelFormatException {
    if (family.learnedPositions()) {
      return List.of();
    }
    RotaryFrequencies rotary = rotary(headDim);
    return family == Family.GEMMA3
        ? List.of(
            rotary,
            RotaryFrequencies.of(
                meta.positive(key("rope.freq_base_swa"), GEMMA3_WINDOW_BASE), headDim))
        : List.of(rotary);
  }

  private RotaryFrequencies rotary(int headDim) throws ModelFormatException {
    if (file.find(LONG_ROPE_FACTORS).isPresent()) {
      throw file.error(
          "tensor " + LONG_ROPE_FACTORS, "expected none, this version runs no long rotations");
    }
    RotaryFrequencies plain =
        RotaryFrequencies.of(meta.positive(key("rope.freq_base"), 10_000), headDim);
    Optional<Tensor> factors = file.find(ROPE_FACTORS);
    if (factors.isPresent()) {
      return plain.dividedBy(factors(factors.get(), headDim / 2));
    }
    String scaling = meta.string(key("rope.scaling.type")).orElse("none");
    return switch (scaling) {
      case "none" -> plain;
      case "linear" -> plain.linear(meta.positive(key("rope.scaling.factor"), 1));
      default ->
          throw meta.error(key("rope.scaling.type"), "expected none or linear, found " + scaling);
    };
  }

  private float[] factors(Tensor tensor, int count) throws ModelFormatException {
    if (!tensor.hasShape(count)) {
      throw file.error("tensor " + tensor.name(), "expected " + count + " numbers");
    }
    float[] factors = tensor.floats();
    for (float factor : factors) {
      if (!(factor > 0 && factor < Float.POSITIVE_INFINITY)) {
        throw file.error("tensor " + tensor.name(), "expected positive numbers, found " + factor);
      }
    }
    return factors;
  }
}
