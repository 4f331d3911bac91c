package dev.parley.model.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * AdamW (Loshchilov and Hutter 2019) with clipping by the norm of all gradients together. Matrices
 * decay, norms and biases do not. Confined to the thread of its network.
 */
public final class AdamW {
  private final Options options;
  private final TrainableTransformer network;
  private final Map<String, State> states = new TreeMap<>();

  /**
   * How it goes.
   *
   * @param beta1 how much of the mean gradient stays at a step
   * @param beta2 how much of the mean square stays
   * @param epsilon added to the root of the mean square
   * @param decay what matrices lose at a step, times the learning rate
   * @param longest length that gradients are cut to
   */
  public record Options(double beta1, double beta2, double epsilon, double decay, double longest) {
    public static final Options USUAL = new Options(0.9, 0.95, 1e-8, 0.1, 1);

    /** The same with another decay. */
    public Options withDecay(double other) {
      return new Options(beta1, beta2, epsilon, other, longest);
    }
  }

  private record State(PtNDArray mean, PtNDArray square, PtNDArray step) {}

  public AdamW(TrainableTransformer network, Options options) {
    this.network = network;
    this.options = options;
  }

  /**
   * Changes the weights by their gradients, and forgets these.
   *
   * @param rate the learning rate
   * @return the length of all gradients together, before they were cut
   */
  public double step(double rate) {
    Group matrices = new Group();
    Group vectors = new Group();
    Group all = new Group();
    for (Map.Entry<String, NDArray> weight : network.trained().entrySet()) {
      PtNDArray array = (PtNDArray) weight.getValue();
      @Nullable PtNDArray gradient = JniUtils.getGradient(array);
      if (gradient != null) {
        State state = states.computeIfAbsent(weight.getKey(), name -> begin(array));
        all.add(array, gradient, state);
        (array.getShape().dimension() > 1 ? matrices : vectors).add(array, gradient, state);
      }
    }
    if (all.isEmpty()) {
      throw new IllegalStateException("no weight has a gradient");
    }
    try (PtNDManager step = network.script().newManager();
        IValue gradients = IValue.listFrom(array(all.gradients));
        IValue longest = IValue.from(options.longest());
        IValue norm = network.script().call("clip", gradients, longest)) {
      update(matrices, rate, options.decay());
      update(vectors, rate, 0);
      all.weights.forEach(JniUtils::zeroGrad);
      return norm.toTensor(step).getFloat();
    } finally {
      all.gradients.forEach(PtNDArray::close);
    }
  }

  private State begin(PtNDArray weight) {
    PtNDManager memory = network.memory();
    return new State(
        (PtNDArray) memory.zeros(weight.getShape(), DataType.FLOAT32),
        (PtNDArray) memory.zeros(weight.getShape(), DataType.FLOAT32),
        (PtNDArray) memory.create(0f));
  }

  private void update(Group group, double rate, double decay) {
    if (group.isEmpty()) {
      return;
    }
    network
        .script()
        .run(
            "adamw",
            IValue.listFrom(array(group.weights)),
            IValue.listFrom(array(group.gradients)),
            IValue.listFrom(array(group.means)),
            IValue.listFrom(array(group.squares)),
            IValue.listFrom(array(group.steps)),
            IValue.from(rate),
            IValue.from(options.beta1()),
            IValue.from(options.beta2()),
            IValue.from(options.epsilon()),
            IValue.from(decay))
        .close();
  }

  /** What it remembers, by name: to be saved, or filled from what was saved. */
  public SortedMap<String, NDArray> memory() {
    SortedMap<String, NDArray> all = new TreeMap<>();
    network
        .trained()
        .forEach(
            (name, weight) -> {
              State state = states.computeIfAbsent(name, any -> begin((PtNDArray) weight));
              all.put(name + ".mean", state.mean());
              all.put(name + ".square", state.square());
              all.put(name + ".step", state.step());
            });
    return all;
  }

  private static PtNDArray[] array(List<PtNDArray> list) {
    return list.toArray(PtNDArray[]::new);
  }

  private static final class Group {
    final List<PtNDArray> weights = new ArrayList<>();
    final List<PtNDArray> gradients = new ArrayList<>();
    final List<PtNDArray> means = new ArrayList<>();
    final List<PtNDArray> squares = new ArrayList<>();
    final List<PtNDArray> steps = new ArrayList<>();

    void add(PtNDArray weight, PtNDArray gradient, State state) {
      weights.add(weight);
      gradients.add(gradient);
      means.add(state.mean());
      squares.add(state.square());
      steps.add(state.step());
    }

    boolean isEmpty() {
      return weights.isEmpty();
    }
  }
}
