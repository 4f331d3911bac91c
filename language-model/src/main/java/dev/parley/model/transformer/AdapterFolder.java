package dev.parley.model.transformer;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsWriter;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes trained matrices of low rank as PEFT does: a model of its own for {@link Adapter} and for
 * every tool that reads that form. Where the network already had an adapter when it was loaded, the
 * new one is both together.
 */
public final class AdapterFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TransformerConfig config;
  private final Adapters adapters;
  private final Optional<Adapter> before;
  private final int rank;

  private AdapterFolder(TrainableTransformer network) {
    this.config = network.config();
    this.adapters = network.adapters();
    this.before = network.adapterBefore();
    this.rank = adapters.options().rank() + before.map(Adapter::rank).orElse(0);
  }

  /**
   * Writes a folder, which may exist.
   *
   * @param network that was loaded by {@link TrainableTransformer#lora}
   * @param base the model's file or folder, as the reader is to find it
   */
  public static void write(TrainableTransformer network, Path folder, Path base)
      throws IOException {
    new AdapterFolder(network).write(folder, base);
  }

  private void write(Path folder, Path base) throws IOException {
    Files.createDirectories(folder);
    TreeSet<String> targets = new TreeSet<>();
    try (MemoryTensors tensors = new MemoryTensors(folder)) {
      TensorNames names = TensorNames.huggingFace(config.family());
      for (int layer = 0; layer < config.layers().size(); layer++) {
        for (LayerPart part : config.projections().stream().flatMap(p -> p.stream()).toList()) {
          if (add(tensors, names.of(layer, part), layer, part)) {
            targets.add(part.moduleName(config.family()));
          }
        }
      }
      SafetensorsWriter.write(folder.resolve(Adapter.WEIGHTS), tensors, Map.of("format", "pt"));
    }
    ObjectNode json =
        JSON.createObjectNode()
            .put("peft_type", "LORA")
            .put("task_type", "CAUSAL_LM")
            .put("base_model_name_or_path", base.toAbsolutePath().normalize().toString())
            .put("r", rank)
            .put("lora_alpha", rank * scale())
            .put("lora_dropout", adapters.options().dropout())
            .put("bias", "none")
            .put("fan_in_fan_out", config.family() == Family.GPT2)
            .put("inference_mode", true);
    targets.forEach(json.putArray("target_modules")::add);
    Files.writeString(
        folder.resolve(Adapter.CONFIG),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  /** What all products are multiplied by: that of the trained ones. */
  private double scale() {
    return adapters.options().scale();
  }

  /** Whether there is anything beside this projection. */
  private boolean add(MemoryTensors tensors, String tensor, int layer, LayerPart part)
      throws ModelFormatException {
    Optional<NDArray> a = adapters.a(layer, part);
    Optional<NDArray> b = adapters.b(layer, part);
    Optional<Adapter.Pair> old =
        before.isPresent() ? before.get().beside(tensor) : Optional.empty();
    if (a.isEmpty() && old.isEmpty()) {
      return false;
    }
    long[] shape = config.shapeOf(part);
    int in = (int) shape[1];
    int out = (int) shape[0];
    int own = adapters.options().rank();
    float[] newA = a.map(NDArray::toFloatArray).orElseGet(() -> new float[own * in]);
    float[] newB = b.map(NDArray::toFloatArray).orElseGet(() -> new float[out * own]);
    float[] oldA = old.map(pair -> pair.a().floats()).orElseGet(() -> new float[(rank - own) * in]);
    float[] oldB =
        old.map(pair -> pair.b().floats()).orElseGet(() -> new float[out * (rank - own)]);
    float factor = (float) (before.map(Adapter::scale).orElse(1.0) / scale());
    tensors.add(
        Adapter.stem(tensor) + Adapter.A,
        new long[] {rank, in},
        target -> target.put(newA).put(oldA));
    tensors.add(
        Adapter.stem(tensor) + Adapter.B,
        new long[] {out, rank},
        target -> {
          for (int row = 0; row < out; row++) {
            target.put(newB, row * own, own);
            for (int i = 0; i < rank - own; i++) {
              target.put(factor * oldB[row * (rank - own) + i]);
            }
          }
        });
    return true;
  }
}
