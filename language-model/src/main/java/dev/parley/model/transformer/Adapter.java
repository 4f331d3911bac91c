package dev.parley.model.transformer;

import dev.parley.model.file.Fields;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Matrices of low rank that were trained beside a network's projections (Hu et al. 2021), in a
 * folder as <a href="https://github.com/huggingface/peft">PEFT</a> writes it. Immutable; lives
 * until it is closed.
 */
public final class Adapter implements AutoCloseable {
  static final String CONFIG = "adapter_config.json";
  static final String WEIGHTS = "adapter_model.safetensors";
  static final String PREFIX = "base_model.model.";
  static final String A = ".lora_A.weight";
  static final String B = ".lora_B.weight";
  private static final String WEIGHT = ".weight";

  private final SafetensorsFile file;
  private final int rank;
  private final double scale;

  /**
   * The two matrices beside one projection.
   *
   * @param a {@code [rank, in]}
   * @param b {@code [out, rank]}
   */
  record Pair(Tensor a, Tensor b) {}

  private Adapter(JsonFile config, SafetensorsFile file) throws ModelFormatException {
    this.file = file;
    this.rank = config.count("r", 1 << 16);
    double alpha = config.positive("lora_alpha", rank);
    this.scale = alpha / (config.bool("use_rslora").orElse(false) ? Math.sqrt(rank) : rank);
  }

  /** Whether a folder holds one. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG));
  }

  /**
   * Opens a folder's.
   *
   * @throws ModelFormatException where it is none, or of a kind that this version does not add
   */
  public static Adapter open(Path folder) throws IOException {
    JsonFile config = JsonFile.read(folder.resolve(CONFIG));
    expect(config, "peft_type", "LORA");
    expect(config, "bias", "none");
    for (String key : new String[] {"use_dora", "alora_invocation_tokens", "modules_to_save"}) {
      if (config.has(key) && !config.bool(key).equals(Optional.of(false))) {
        throw config.error(key, "expected none, as this version adds plain matrices, found one");
      }
    }
    if (config.has("rank_pattern") && !config.isEmpty("rank_pattern")) {
      throw config.error("rank_pattern", "expected one rank for all, found several");
    }
    SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS));
    try {
      return new Adapter(config, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void expect(Fields config, String key, String expected)
      throws ModelFormatException {
    String found = config.string(key).orElse(expected);
    if (!found.equals(expected)) {
      throw config.error(key, "expected " + expected + ", found " + found);
    }
  }

  /**
   * The model that it was trained beside: a file or a folder, from the adapter's folder.
   *
   * @throws ModelFormatException where it does not say, or there is nothing
   */
  public static Path base(Path folder) throws IOException {
    JsonFile config = JsonFile.read(folder.resolve(CONFIG));
    String key = "base_model_name_or_path";
    String name = config.string(key).orElse("");
    Path base = folder.resolve(name);
    if (name.isEmpty() || !Files.exists(base)) {
      throw config.error(
          key, "expected the file or folder of the model it belongs to, found " + name);
    }
    return base;
  }

  int rank() {
    return rank;
  }

  /** What products are multiplied by. */
  double scale() {
    return scale;
  }

  /** What is beside the tensor that transformers calls so. */
  Optional<Pair> beside(String tensor) throws ModelFormatException {
    String stem = stem(tensor);
    Optional<Tensor> a = file.find(stem + A);
    return a.isEmpty() ? Optional.empty() : Optional.of(new Pair(a.get(), file.tensor(stem + B)));
  }

  /** How the pair's names begin. */
  static String stem(String tensor) {
    return PREFIX + tensor.substring(0, tensor.length() - WEIGHT.length());
  }

  /**
   * Checks the pair beside a projection.
   *
   * @param shape of the projection {@code [out, in]}
   */
  void check(String tensor, long[] shape) throws ModelFormatException {
    Optional<Pair> pair = beside(tensor);
    if (pair.isPresent()
        && !(pair.get().a().hasShape(rank, shape[1]) && pair.get().b().hasShape(shape[0], rank))) {
      throw file.error(
          "tensors of " + stem(tensor),
          "expected [%d, %d] and [%d, %d], as the model has them, found others"
              .formatted(rank, shape[1], shape[0], rank));
    }
  }

  /** Checks that all its tensors stand beside one of these. */
  void checkComplete(Set<String> tensors) throws ModelFormatException {
    Set<String> unknown = new TreeSet<>(file.names());
    tensors.forEach(
        tensor -> {
          unknown.remove(stem(tensor) + A);
          unknown.remove(stem(tensor) + B);
        });
    if (!unknown.isEmpty()) {
      throw file.error(
          "tensor " + unknown.iterator().next(), "expected a projection of the model, found none");
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
