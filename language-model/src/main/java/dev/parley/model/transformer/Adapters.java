package dev.parley.model.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** The matrices of low rank beside a network's projections. */
final class Adapters {
  private static final String A = ".lora_a";
  private static final String B = ".lora_b";

  private final Map<String, NDArray> matrices = new TreeMap<>();
  private final LoraOptions options;

  private Adapters(LoraOptions options) {
    this.options = options;
  }

  /**
   * Puts matrices beside the projections: products that are zero at first, as B is (PEFT's {@code
   * LoraLayer.reset_lora_parameters}).
   *
   * @throws IllegalArgumentException where a target is no projection of this network
   */
  static Adapters attach(
      TransformerConfig config, Script script, PtNDManager memory, LoraOptions options) {
    checkTargets(config, options.targets());
    Adapters adapters = new Adapters(options);
    Random random = new Random(options.seed());
    for (int layer = 0; layer < config.layers().size(); layer++) {
      for (int which = 0; which < config.projections().size(); which++) {
        adapters.attach(config, script, memory, random, layer, which);
      }
    }
    return adapters;
  }

  private void attach(
      TransformerConfig config,
      Script script,
      PtNDManager memory,
      Random random,
      int layer,
      int which) {
    List<PtNDArray> a = new ArrayList<>();
    List<PtNDArray> b = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    long row = 0;
    for (LayerPart part : config.projections().get(which)) {
      long[] shape = config.shapeOf(part);
      if (isTarget(config, part, options.targets())) {
        String name = WeightNames.of(layer, part);
        a.add(add(name + A, uniform(memory, random, options.rank(), shape[1])));
        b.add(add(name + B, memory.zeros(new Shape(shape[0], options.rank()), DataType.FLOAT32)));
        first.add(row);
      }
      row += shape[0];
    }
    if (!a.isEmpty()) {
      script
          .run(
              "adapt",
              IValue.from((long) layer),
              IValue.from((long) which),
              IValue.listFrom(a.toArray(PtNDArray[]::new)),
              IValue.listFrom(b.toArray(PtNDArray[]::new)),
              IValue.listFrom(first.stream().mapToLong(Long::longValue).toArray()),
              IValue.from(options.scale()),
              IValue.from(options.dropout()))
          .close();
    }
  }

  private PtNDArray add(String name, NDArray array) {
    matrices.put(name, array);
    return (PtNDArray) array;
  }

  /** As {@code kaiming_uniform_(a=sqrt(5))} of PyTorch draws: within 1 / sqrt(columns). */
  private static NDArray uniform(PtNDManager memory, Random random, long rows, long columns) {
    float[] values = new float[Math.toIntExact(rows * columns)];
    double bound = 1 / Math.sqrt((double) columns);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return memory.create(values, new Shape(rows, columns));
  }

  /**
   * How many numbers the matrices have.
   *
   * @throws IllegalArgumentException where a target is no projection of this network
   */
  static long count(TransformerConfig config, LoraOptions options) {
    checkTargets(config, options.targets());
    return config.layers().size()
        * config.projections().stream()
            .flatMap(List::stream)
            .filter(part -> isTarget(config, part, options.targets()))
            .mapToLong(part -> LongStream.of(config.shapeOf(part)).sum() * options.rank())
            .sum();
  }

  Map<String, NDArray> matrices() {
    return matrices;
  }

  /**
   * Rows of a projection with what is beside them.
   *
   * @param step gets what is made
   */
  NDArray merged(NDManager step, int layer, LayerPart part, NDArray rows) {
    Optional<NDArray> a = a(layer, part);
    if (a.isEmpty()) {
      return rows;
    }
    NDArray product = b(layer, part).orElseThrow().matMul(a.get());
    product.attach(step);
    return rows.add(product.mul(options.scale()));
  }

  /** The matrix {@code [rank, in]} beside a projection. */
  Optional<NDArray> a(int layer, LayerPart part) {
    return Optional.ofNullable(matrices.get(WeightNames.of(layer, part) + A));
  }

  /** The matrix {@code [out, rank]}. */
  Optional<NDArray> b(int layer, LayerPart part) {
    return Optional.ofNullable(matrices.get(WeightNames.of(layer, part) + B));
  }

  LoraOptions options() {
    return options;
  }

  private static boolean isTarget(TransformerConfig config, LayerPart part, Set<String> targets) {
    return targets.isEmpty() || targets.contains(part.moduleName(config.family()));
  }

  private static void checkTargets(TransformerConfig config, Set<String> targets) {
    Set<String> known = new TreeSet<>();
    config
        .projections()
        .forEach(parts -> parts.forEach(part -> known.add(part.moduleName(config.family()))));
    Set<String> unknown = new TreeSet<>(targets);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "LoRA of %s: this model has %s"
              .formatted(String.join(", ", unknown), String.join(", ", known)));
    }
  }
}
