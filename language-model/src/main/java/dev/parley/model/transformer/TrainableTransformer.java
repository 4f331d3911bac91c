package dev.parley.model.transformer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.parley.model.ModelException;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * A network whose weights can be trained: all of them, or matrices of low rank beside them. They
 * are fp32; {@link #learn} adds to their gradients, and {@link AdamW} changes them by these.
 * Confined to one thread.
 */
public final class TrainableTransformer implements AutoCloseable {
  private final TransformerConfig config;
  private final Script script;
  private final PtNDManager memory;
  private final int longest;
  private final boolean tied;
  private final Path path;
  private final Map<String, PtNDArray> weights = new ConcurrentSkipListMap<>();
  private final SortedMap<String, NDArray> trained = new TreeMap<>();
  private final Optional<Adapters> adapters;
  private final Optional<Adapter> adapterBefore;

  private TrainableTransformer(
      Checkpoint checkpoint,
      Device device,
      Weights compute,
      int longest,
      Optional<LoraOptions> lora)
      throws IOException {
    this.config = checkpoint.config();
    this.longest = Math.min(longest, config.contextLength());
    this.tied = checkpoint.tied();
    this.path = checkpoint.path();
    this.adapterBefore = checkpoint.adapter();
    this.script = Script.of("Transformer", ScriptAttributes.ofTraining(config, compute), device);
    JniUtils.setGradMode(false); // a thread begins with it
    try {
      this.memory = script.newManager();
      attachEmbedding(checkpoint);
      WeightLoader.attach(checkpoint, script, this::keep, this.longest);
      this.adapters =
          lora.isPresent()
              ? Optional.of(Adapters.attach(config, script, memory, lora.get()))
              : Optional.empty();
    } catch (IOException | RuntimeException | Error e) {
      script.close();
      throw e;
    }
    if (adapters.isPresent()) {
      adapters.get().matrices().forEach(this::train);
    } else {
      weights.forEach(this::train);
    }
  }

  /**
   * Loads a network to train all of its weights.
   *
   * @param compute what it computes with: on a processor {@link Weights#FP32}
   * @param longest most tokens of a sequence
   * @throws ModelException where the processor is not there
   */
  public static TrainableTransformer full(
      Checkpoint checkpoint, Processor processor, Weights compute, int longest) throws IOException {
    return load(checkpoint, processor, compute, longest, Optional.empty());
  }

  /** As {@link #full}, to train matrices of low rank beside weights that stay as they are. */
  public static TrainableTransformer lora(
      Checkpoint checkpoint, Processor processor, Weights compute, int longest, LoraOptions options)
      throws IOException {
    return load(checkpoint, processor, compute, longest, Optional.of(options));
  }

  private static TrainableTransformer load(
      Checkpoint checkpoint,
      Processor processor,
      Weights compute,
      int longest,
      Optional<LoraOptions> lora)
      throws IOException {
    processor.check();
    Device device = processor == Processor.CUDA ? Device.gpu() : Device.cpu();
    return new TrainableTransformer(checkpoint, device, compute, longest, lora);
  }

  /**
   * What is trained, by name. Arrays stay the same ones and are changed in place by an optimizer.
   */
  public SortedMap<String, NDArray> trained() {
    return Collections.unmodifiableSortedMap(trained);
  }

  /** Most tokens of a sequence. */
  public int longest() {
    return longest;
  }

  /**
   * Lets so many threads of the processor compute from now on, in the whole process; to be called
   * by the thread that computes. Small networks are quicker with one, which waits for no other.
   */
  public void useThreads(int count) {
    JniUtils.setNumThreads(count);
  }

  /** A manager for the arrays of one step, to be closed after it. */
  public NDManager newManager() {
    return script.newManager();
  }

  /**
   * Adds a vector that is trained too, such as the head of a reward model.
   *
   * @param values to begin with
   */
  public NDArray addVector(String name, float[] values) {
    NDArray array = memory.create(values);
    train(name, array);
    return array;
  }

  /** How many layers there are. */
  public int layers() {
    return config.layers().size();
  }

  /** Width of the last norm's output. */
  public int width() {
    return config.width();
  }

  /**
   * Natural logarithms of how likely the batch's tokens are {@code [rowCount]}.
   *
   * @param step whose arrays are freed with it
   */
  public NDArray logProbs(NDManager step, TokenBatch batch) {
    return call("log_probs", step, batch, step.create(batch.targets()));
  }

  /** What the last norm gives for the batch's rows {@code [rowCount, width]}. */
  public NDArray hidden(NDManager step, TokenBatch batch) {
    return call("hidden", step, batch);
  }

  /**
   * Log-probabilities as {@link #logProbs} gives them, the entropy of what could have followed in
   * their place, and {@link #hidden} multiplied by a vector, in one {@code [3, rowCount]}.
   *
   * @param head as {@link #addVector} made it, one for each unit of the last norm's output
   */
  public NDArray policy(NDManager step, TokenBatch batch, NDArray head) {
    return call("policy", step, batch, step.create(batch.targets()), head);
  }

  /**
   * What flows out of a layer for the batch's rows {@code [rowCount, width]}; nothing after it is
   * computed.
   *
   * @param layers how many are passed, from 0 for the embedding to all of them
   */
  public NDArray states(NDManager step, TokenBatch batch, int layers) {
    if (layers < 0 || layers > layers()) {
      throw new IllegalArgumentException("there are %d layers, not %d".formatted(layers(), layers));
    }
    return call("states", step, batch, step.create(new long[] {layers}));
  }

  private NDArray call(String method, NDManager step, TokenBatch batch, NDArray... more) {
    if (batch.longest() > longest) {
      throw new IllegalArgumentException(
          "a sequence has %d tokens, at most %d fit".formatted(batch.longest(), longest));
    }
    NDList arguments =
        new NDList(
            step.create(batch.ids()),
            step.create(batch.positions()),
            step.create(batch.lengths()),
            step.create(batch.rows()));
    arguments.addAll(new NDList(more));
    return script.differentiable(method, step, arguments);
  }

  /**
   * Adds the gradients of a loss, times a weight, to those of the trained weights.
   *
   * @param loss computes a single number with this class and operations of arrays; gets the manager
   *     of its arrays
   * @return the loss
   */
  public float learn(Function<NDManager, NDArray> loss, double weight) {
    JniUtils.setGradMode(true);
    try (NDManager step = newManager()) {
      NDArray value = loss.apply(step);
      NDArray scale = step.full(value.getShape(), (float) weight);
      JniUtils.backward((PtNDArray) value, (PtNDArray) scale, false, false);
      return value.getFloat();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /**
   * Computes a single number without remembering what a gradient would need.
   *
   * @param number as in {@link #learn}
   */
  public float evaluate(Function<NDManager, NDArray> number) {
    try (NDManager step = newManager()) {
      return number.apply(step).getFloat();
    }
  }

  /** Gives an array that is trained, or remembered by an optimizer, other values. */
  public void assign(NDArray array, float[] values) {
    try (NDManager step = newManager()) {
      NDArray other = step.create(values, array.getShape());
      script.run("assign", IValue.from((PtNDArray) array), IValue.from((PtNDArray) other)).close();
    }
  }

  /**
   * All weights as they are now, in fp32 and with the names and shapes of transformers; matrices of
   * low rank are added to what they stand beside.
   */
  public MemoryTensors weights() {
    return WeightExport.of(this, path);
  }

  /** The network as it is now, for {@link Transformer#load}: of what {@link #weights()} gave. */
  public Checkpoint checkpoint(MemoryTensors taken) throws ModelFormatException {
    return Checkpoint.of(taken, config);
  }

  /** The matrices that are trained. */
  Adapters adapters() {
    return adapters.orElseThrow(
        () -> new IllegalStateException("this network is trained whole: it has no adapter"));
  }

  /** What was trained beside the network before. */
  Optional<Adapter> adapterBefore() {
    return adapterBefore;
  }

  TransformerConfig config() {
    return config;
  }

  /** A weight of the network itself, by its name of {@link WeightNames}. */
  Optional<NDArray> weight(String name) {
    return Optional.ofNullable(weights.get(name));
  }

  /** Rows of a projection with the matrices of low rank that are beside them. */
  NDArray merged(NDManager step, int layer, LayerPart part, NDArray rows) {
    return adapters.map(some -> some.merged(step, layer, part, rows)).orElse(rows);
  }

  Script script() {
    return script;
  }

  PtNDManager memory() {
    return memory;
  }

  private void train(String name, NDArray array) {
    if (!name.startsWith(WeightNames.ROTARY)) {
      array.setRequiresGradient(true);
      trained.put(name, array);
    }
  }

  private void attachEmbedding(Checkpoint checkpoint) throws IOException {
    try (Arena lent = Arena.ofConfined();
        PtNDManager step = script.newManager()) {
      IValue tokens = keep(WeightNames.EMBEDDING, Floats.read(step, lent, checkpoint.embedding()));
      IValue positions =
          checkpoint.positions().isPresent()
              ? keep(WeightNames.POSITIONS, Floats.read(step, lent, checkpoint.positions().get()))
              : IValue.from((PtNDArray) memory.create(new float[0]));
      script.run("set_embedding", tokens, positions).close();
    }
  }

  /** A copy that stays; a head that is the embedding is the same array. */
  private IValue keep(String name, PtNDArray lent) {
    if (lent.size() == 0) {
      return IValue.from(lent);
    }
    if (tied && name.equals(WeightNames.HEAD)) {
      return IValue.from(weights.get(WeightNames.EMBEDDING));
    }
    PtNDArray own =
        (PtNDArray) memory.zeros(new Shape(lent.getShape().getShape()), DataType.FLOAT32);
    own.addi(lent);
    weights.put(name, own);
    return IValue.from(own);
  }

  @Override
  public void close() {
    memory.close();
    script.close();
  }
}
