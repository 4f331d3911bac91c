package dev.parley.model.transformer;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network with its weights and its KV cache. Confined to one thread at a time; the libraries
 * below keep memory for every thread that ever called them, so better always the same.
 */
public final class Transformer implements AutoCloseable {
  private static final int FP32 = 6;

  private final TransformerConfig config;
  private final int slots;
  private final int slotLength;
  private final Model model;
  private final PtSymbolBlock block;
  private final PtNDManager manager;
  private final IValue keys;
  private final IValue values;

  private Transformer(
      TransformerConfig config, Weights weights, int slots, int slotLength, Loader loader)
      throws IOException {
    this.config = config;
    this.slots = slots;
    this.slotLength = slotLength;
    this.model = Model.newInstance("transformer", "PyTorch");
    try {
      loadScript(weights);
      this.block = (PtSymbolBlock) model.getBlock();
      this.manager = (PtNDManager) model.getNDManager();
      loader.attach(this);
      this.keys = run("cache", IValue.from((long) slots), IValue.from((long) slotLength));
      this.values = run("cache", IValue.from((long) slots), IValue.from((long) slotLength));
    } catch (IOException | RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /** What gives a new network its weights. */
  private interface Loader {
    void attach(Transformer transformer) throws IOException;
  }

  /**
   * Loads a network.
   *
   * @param slots sequences the KV cache has room for
   * @param slotLength tokens of each; at most the model's context length is used
   */
  public static Transformer load(GgufFile file, Weights weights, int slots, int slotLength)
      throws IOException {
    TransformerConfig config = TransformerConfig.of(file);
    return new Transformer(
        config,
        weights,
        slots,
        Math.min(slotLength, config.contextLength()),
        transformer -> transformer.attach(file));
  }

  public int slots() {
    return slots;
  }

  /** Tokens that fit into a slot. */
  public int slotLength() {
    return slotLength;
  }

  public int vocabulary() {
    return config.vocabulary();
  }

  /** Bytes of the KV cache. */
  public long cacheBytes() {
    return 2L
        * config.layers()
        * slots
        * config.kvHeads()
        * slotLength
        * config.headDim()
        * Float.BYTES;
  }

  /**
   * Reads tokens into a slot.
   *
   * @param start how many tokens the slot has already
   * @return logits after the last token {@code [vocabulary]}
   */
  public float[] prefill(int slot, int start, int[] ids) {
    return prefill(slot, start, ids, false);
  }

  /**
   * As {@link #prefill(int, int, int[])}, with the logits after every token {@code [ids,
   * vocabulary]}.
   */
  float[] prefillAll(int slot, int start, int[] ids) {
    return prefill(slot, start, ids, true);
  }

  private float[] prefill(int slot, int start, int[] ids, boolean all) {
    try (PtNDManager step = (PtNDManager) manager.newSubManager();
        IValue result =
            runOnCache(
                "prefill",
                tensor(step, ids),
                IValue.from((long) slot),
                IValue.from((long) start),
                IValue.from(all))) {
      return result.toTensor(step).toFloatArray();
    }
  }

  /**
   * Adds one token to each of several slots.
   *
   * @param ids the tokens
   * @param positions where they stand, counted from 0
   * @param slotOf their slots, all different
   * @return logits after each {@code [ids, vocabulary]}
   */
  public float[] decode(int[] ids, int[] positions, int[] slotOf) {
    long[] lengths = new long[ids.length];
    long[] rows = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      lengths[i] = positions[i] + 1L;
      rows[i] = slotOf[i];
    }
    try (PtNDManager step = (PtNDManager) manager.newSubManager();
        IValue result =
            runOnCache(
                "decode",
                tensor(step, ids),
                tensor(step, positions),
                IValue.listFrom(rows),
                IValue.listFrom(lengths))) {
      return result.toTensor(step).toFloatArray();
    }
  }

  /** Gives a slot the beginning of another one. */
  public void copyPrefix(int from, int to, int tokens) {
    runOnCache(
            "copy_prefix",
            IValue.from((long) from),
            IValue.from((long) to),
            IValue.from((long) tokens))
        .close();
  }

  @Override
  public void close() {
    keys.close();
    values.close();
    model.close();
  }

  private void loadScript(Weights weights) throws IOException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", false);
    attributes.put("heads", config.heads());
    attributes.put("kv_heads", config.kvHeads());
    attributes.put("head_dim", config.headDim());
    attributes.put("eps", config.epsilon());
    attributes.put("packed", weights == Weights.FP16);
    attributes.put("dtype", FP32);
    attributes.put("layers", new ScriptArchive.EmptyList("__torch__.Layer"));
    attributes.put("head", new ScriptArchive.EmptyList("__torch__.Linear"));
    attributes.put("ends", new ScriptArchive.EmptyList("Tensor"));
    Path archive = Files.createTempFile("transformer", ".pt");
    try {
      try (OutputStream out = Files.newOutputStream(archive)) {
        ScriptArchive.write(out, source(), "Transformer", attributes);
      }
      model.load(archive);
    } catch (MalformedModelException e) {
      throw new IOException("the engine does not accept its own script", e);
    } finally {
      Files.delete(archive);
    }
  }

  private static String source() throws IOException {
    try (InputStream in = Transformer.class.getResourceAsStream("transformer.py")) {
      if (in == null) {
        throw new IOException("transformer.py is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void attach(GgufFile file) throws IOException {
    int width = config.width();
    int queries = config.heads() * config.headDim();
    int keysWidth = config.kvHeads() * config.headDim();
    int inner = config.feedForward();
    for (int i = 0; i < config.layers(); i++) {
      String name = "blk." + i + ".";
      try (Arena memory = Arena.ofConfined();
          PtNDManager step = (PtNDManager) manager.newSubManager()) {
        PtNDArray[] parts = {
          read(step, memory, file, name + "attn_norm.weight", width),
          read(step, memory, file, name + "attn_q.weight", queries, width),
          read(step, memory, file, name + "attn_k.weight", keysWidth, width),
          read(step, memory, file, name + "attn_v.weight", keysWidth, width),
          read(step, memory, file, name + "attn_output.weight", width, queries),
          read(step, memory, file, name + "ffn_norm.weight", width),
          read(step, memory, file, name + "ffn_gate.weight", inner, width),
          read(step, memory, file, name + "ffn_up.weight", inner, width),
          read(step, memory, file, name + "ffn_down.weight", width, inner)
        };
        run("add_layer", IValue.listFrom(parts), IValue.from(true)).close();
      }
    }
    try (Arena memory = Arena.ofConfined();
        PtNDManager step = (PtNDManager) manager.newSubManager()) {
      int vocabulary = config.vocabulary();
      PtNDArray embedding = read(step, memory, file, "token_embd.weight", vocabulary, width);
      PtNDArray head =
          file.find("output.weight").isPresent()
              ? read(step, memory, file, "output.weight", vocabulary, width)
              : embedding;
      run(
              "set_ends",
              IValue.from(embedding),
              IValue.from(read(step, memory, file, "output_norm.weight", width)),
              IValue.from(head),
              IValue.from(rotations(step, memory, false)),
              IValue.from(rotations(step, memory, true)))
          .close();
    }
  }

  /** The memory is only lent to the array: the script copies what it keeps. */
  private static PtNDArray read(
      PtNDManager step, Arena memory, GgufFile file, String name, long... shape)
      throws ModelFormatException {
    Tensor tensor = file.tensor(name);
    if (!tensor.hasShape(shape)) {
      throw file.error(
          name, "expected the shape " + new Shape(shape) + ", found " + new Shape(tensor.shape()));
    }
    ByteBuffer floats = direct(memory, tensor.elements());
    tensor.readFloats(floats.asFloatBuffer());
    return step.create(floats, new Shape(shape), DataType.FLOAT32);
  }

  /**
   * Cosines, or sines with the sign that {@code rotate} of the script expects {@code [positions,
   * headDim]}.
   */
  private PtNDArray rotations(PtNDManager step, Arena memory, boolean sines) {
    int half = config.headDim() / 2;
    ByteBuffer table = direct(memory, (long) slotLength * config.headDim());
    FloatBuffer floats = table.asFloatBuffer();
    for (int position = 0; position < slotLength; position++) {
      for (int i = 0; i < config.headDim(); i++) {
        double exponent = -2.0 * (i % half) / config.headDim();
        double angle = position * config.scaling().apply(Math.pow(config.ropeBase(), exponent));
        double value = sines ? (i < half ? -Math.sin(angle) : Math.sin(angle)) : Math.cos(angle);
        floats.put((float) value);
      }
    }
    return step.create(table, new Shape(slotLength, config.headDim()), DataType.FLOAT32);
  }

  /** Memory that is given back with its arena, not whenever the collector comes by. */
  private static ByteBuffer direct(Arena memory, long floats) {
    return memory
        .allocate(floats * Float.BYTES, Float.BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  private static IValue tensor(NDManager step, int[] ids) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      wide[i] = ids[i];
    }
    return IValue.from((PtNDArray) step.create(wide));
  }

  /** Calls a method of the script and frees its arguments. */
  private IValue run(String method, IValue... arguments) {
    try {
      return IValueUtils.runMethod(block, method, arguments);
    } finally {
      closeAll(arguments);
    }
  }

  /** Calls a method that takes the cache after its arguments, and frees these. */
  private IValue runOnCache(String method, IValue... arguments) {
    IValue[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = keys;
    all[arguments.length + 1] = values;
    try {
      return IValueUtils.runMethod(block, method, all);
    } finally {
      closeAll(arguments);
    }
  }

  private static void closeAll(IValue... values) {
    for (IValue value : values) {
      value.close();
    }
  }
}
