package dev.parley.model.transformer;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kinds of decoder-only transformer, and in what they differ beyond numbers. All else a file says.
 */
enum Family {
  /** Radford et al. 2019. */
  GPT2("gpt2", "gpt2", Norms.BEFORE, QueryKeyNorm.NONE),
  /** Touvron et al. 2023; SmolLM and SmolLM2 too. */
  LLAMA("llama", "llama", Norms.BEFORE, QueryKeyNorm.NONE),
  /** Jiang et al. 2023: a Llama, in GGUF files called so, that may look back a window only. */
  MISTRAL("mistral", "llama", Norms.BEFORE, QueryKeyNorm.NONE),
  /** Qwen 2 and 2.5 (Yang et al. 2024): with biases of query, key and value. */
  QWEN2("qwen2", "qwen2", Norms.BEFORE, QueryKeyNorm.NONE),
  /** Yang et al. 2025. */
  QWEN3("qwen3", "qwen3", Norms.BEFORE, QueryKeyNorm.EACH_HEAD),
  /** Gemma Team 2025: most layers look back a window only, with rotations of their own. */
  GEMMA3("gemma3_text", "gemma3", Norms.AROUND, QueryKeyNorm.EACH_HEAD),
  /** Abdin et al. 2024. */
  PHI3("phi3", "phi3", Norms.BEFORE, QueryKeyNorm.NONE),
  /** Bakouch et al. 2025: every fourth layer knows no positions. */
  SMOLLM3("smollm3", "smollm3", Norms.BEFORE, QueryKeyNorm.NONE),
  /** Walsh et al. 2025. */
  OLMO2("olmo2", "olmo2", Norms.AFTER, QueryKeyNorm.ALL_HEADS);

  /** Where attention and feed-forward have their norms. */
  enum Norms {
    BEFORE,
    AFTER,
    AROUND;

    boolean before() {
      return this != AFTER;
    }

    boolean after() {
      return this != BEFORE;
    }
  }

  /** What the norm of queries and keys goes over. */
  enum QueryKeyNorm {
    NONE,
    EACH_HEAD,
    ALL_HEADS
  }

  final Norms norms;
  final QueryKeyNorm queryKeyNorm;
  private final String modelType;
  private final String architecture;

  Family(String modelType, String architecture, Norms norms, QueryKeyNorm queryKeyNorm) {
    this.modelType = modelType;
    this.architecture = architecture;
    this.norms = norms;
    this.queryKeyNorm = queryKeyNorm;
  }

  /** By {@code model_type} of a config.json. */
  static Optional<Family> ofModelType(String name) {
    return Arrays.stream(values()).filter(family -> family.modelType.equals(name)).findFirst();
  }

  /** By {@code general.architecture} of a GGUF file. */
  static Optional<Family> ofArchitecture(String name) {
    return Arrays.stream(values()).filter(family -> family.architecture.equals(name)).findFirst();
  }

  /** What {@code general.architecture} of a GGUF file may say. */
  static Set<String> architectures() {
    return Arrays.stream(values())
        .map(Family::architecture)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static String modelTypes() {
    return Arrays.stream(values()).map(each -> each.modelType).collect(Collectors.joining(", "));
  }

  /** What keys of a GGUF file's metadata begin with. */
  String architecture() {
    return architecture;
  }

  /** Whether the feed-forward's inner values are multiplied by a gate (Shazeer 2020). */
  boolean gated() {
    return this != GPT2;
  }

  /** GELU in its approximation by tanh (Hendrycks and Gimpel 2016) rather than SiLU. */
  boolean gelu() {
    return this == GPT2 || this == GEMMA3;
  }

  /** LayerNorm (Ba et al. 2016), which has a bias, rather than RMSNorm. */
  boolean layerNorm() {
    return this == GPT2;
  }

  /** What transformers leaves out of the weights of norms and adds to them. */
  float normOffset() {
    return this == GEMMA3 ? 1 : 0;
  }

  /** Whether positions are learned and added to the embeddings, rather than rotations. */
  boolean learnedPositions() {
    return this == GPT2;
  }

  /** Whether query, key and value are one matrix in the file. */
  boolean fusedAttention() {
    return this == GPT2 || this == PHI3;
  }

  /** Whether gate and inner projection are one matrix in the file. */
  boolean fusedFeedForward() {
    return this == PHI3;
  }

  /**
   * Whether GGUF files hold those rows of query and key side by side that turn together, as {@code
   * LlamaModel.permute} of llama.cpp leaves them, and not half a head apart.
   */
  boolean pairedInGguf() {
    return architecture.equals("llama") || this == SMOLLM3;
  }
}
