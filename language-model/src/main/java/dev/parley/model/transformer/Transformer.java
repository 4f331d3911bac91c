package dev.parley.model.transformer;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.parley.model.ModelException;
import dev.parley.model.sampling.Draws;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A network with its weights and its KV cache. Confined to one thread at a time; the libraries
 * below keep memory for every thread that ever called them, so better always the same.
 */
public final class Transformer implements AutoCloseable {
  /** Most rows of its kernels for fp16 weights. */
  private static final int FBGEMM_ROWS = 6;

  private final TransformerConfig config;
  private final MemoryPlan plan;
  private final int slotLength;
  private final int cacheType;
  private final Script script;
  private final Embedding embedding;
  private final IValue keys;
  private final IValue values;

  private Transformer(Checkpoint checkpoint, MemoryPlan plan) throws IOException {
    this.config = checkpoint.config();
    this.embedding = new Embedding(checkpoint);
    this.plan = plan;
    this.slotLength = Math.min(plan.slotLength(), config.contextLength());
    this.cacheType = plan.cacheType();
    this.script = Script.of("Transformer", ScriptAttributes.of(config, plan), plan.device());
    try {
      WeightLoader.attach(checkpoint, script, WeightKeeper.COPIED_BY_SCRIPT, slotLength);
      releaseMemory();
      this.keys = newCache();
      this.values = newCacheBeside(keys);
    } catch (IOException | RuntimeException | Error e) {
      script.close();
      throw e;
    }
  }

  /**
   * Loads a network. Its file must stay open: the few rows of the embedding that a step needs are
   * read from there, which saves their copy in memory.
   *
   * @throws ModelException where the processor is not there
   */
  public static Transformer load(Checkpoint checkpoint, MemoryPlan plan) throws IOException {
    plan.processor().check();
    return new Transformer(checkpoint, plan);
  }

  public int slots() {
    return plan.slots();
  }

  /** Tokens that fit into a slot. */
  public int slotLength() {
    return slotLength;
  }

  public int vocabulary() {
    return config.vocabulary();
  }

  /** On what it runs, and how its memory is used. */
  public MemoryPlan plan() {
    return plan;
  }

  public Weights weights() {
    return plan.weights();
  }

  /**
   * Whether it draws the tokens itself: then {@link #prefillAndDraw} and {@link #decodeAndDraw}.
   */
  public boolean draws() {
    return plan.batched();
  }

  /** Threads of the processor that compute a step; on a card there is nothing to choose. */
  public int threads() {
    return script.device().isGpu() ? 1 : JniUtils.getNumThreads();
  }

  /**
   * Lets so many threads compute from now on, in the whole process; to be called by the thread that
   * computes. With half precision, results have the same bits whatever their number.
   */
  public void useThreads(int count) {
    JniUtils.setNumThreads(count);
  }

  /** Gives back what the loading took of a card and libtorch keeps. */
  private void releaseMemory() {
    if (script.device().isGpu()) {
      JniUtils.emptyCudaCache();
    }
  }

  /** Bytes of the KV cache for each token. */
  public long cacheBytesPerToken() {
    return 2L * config.layers().size() * config.kvHeads() * headBytes();
  }

  /** Says in what form keys and values are, and by what they were computed. */
  public String cacheFormat() {
    return "%s %s %d layers of %d heads of %d, type %d"
        .formatted(
            script.device(),
            plan.weights(),
            config.layers().size(),
            config.kvHeads(),
            config.headDim(),
            cacheType);
  }

  private long headBytes() {
    return (long) config.headDim() * plan.cacheBytes();
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
   * Reads tokens into a slot and draws what follows them, where they are, so that the token alone
   * is waited for.
   *
   * @param draws for one sequence; empty where more is to be read first, which nobody waits for
   * @return the token as {@link #decodeAndDraw} gives it; empty without {@code draws}
   */
  public OptionalInt prefillAndDraw(int slot, int start, int[] ids, Optional<Draws> draws) {
    try (Arena memory = Arena.ofConfined();
        PtNDManager step = script.newManager();
        IValue logits = readPiece(step, memory, slot, start, ids, false)) {
      return draws.isPresent()
          ? OptionalInt.of(draw(step, logits, draws.get())[0])
          : OptionalInt.empty();
    }
  }

  /**
   * As {@link #prefill(int, int, int[])}, with the logits after every token {@code [ids,
   * vocabulary]}.
   */
  float[] prefillAll(int slot, int start, int[] ids) {
    return prefill(slot, start, ids, true);
  }

  private float[] prefill(int slot, int start, int[] ids, boolean all) {
    try (Arena memory = Arena.ofConfined();
        PtNDManager step = script.newManager();
        IValue result = readPiece(step, memory, slot, start, ids, all)) {
      return result.toTensor(step).toFloatArray();
    }
  }

  private IValue readPiece(
      PtNDManager step, Arena memory, int slot, int start, int[] ids, boolean all) {
    return runOnCache(
        "prefill",
        embed(step, memory, ids, IntStream.range(start, start + ids.length).toArray()),
        IValue.from((long) slot),
        IValue.from((long) start),
        IValue.from(all));
  }

  /**
   * Adds one token to each of several slots.
   *
   * @param ids the tokens
   * @param positions where they stand, counted from 0
   * @param slotOf their slots, all different
   * @param exact whether a row's result may not depend, in its last bits, on who else is in the
   *     batch; takes a little longer
   * @return logits after each {@code [ids, vocabulary]}
   */
  public float[] decode(int[] ids, int[] positions, int[] slotOf, boolean exact) {
    long[] lengths = new long[ids.length];
    long[] rows = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      lengths[i] = positions[i] + 1L;
      rows[i] = slotOf[i];
    }
    int padded = exact && plan.packed() ? paddedRows(ids.length) : ids.length;
    int[] allIds = Arrays.copyOf(ids, padded);
    int[] allPositions = Arrays.copyOf(positions, padded);
    try (Arena memory = Arena.ofConfined();
        PtNDManager step = script.newManager();
        IValue result =
            runOnCache(
                "decode",
                embed(step, memory, allIds, allPositions),
                tensor(step, allPositions),
                IValue.listFrom(rows),
                IValue.listFrom(lengths))) {
      return result.toTensor(step).toFloatArray();
    }
  }

  /**
   * As {@link #decode}, with the next tokens drawn where the logits are. All sequences are computed
   * together, so that the last bits of a row depend on who else is in the batch.
   *
   * @param draws for each of the sequences
   * @return the tokens {@code [ids]}; {@link Draws#NOT_A_NUMBER} where the logits are none
   */
  public int[] decodeAndDraw(int[] ids, int[] positions, int[] slotOf, Draws draws) {
    try (Arena memory = Arena.ofConfined();
        PtNDManager step = script.newManager();
        IValue logits = decodeBatch(step, memory, ids, positions, slotOf)) {
      return draw(step, logits, draws);
    }
  }

  /** As {@link #decode}, all sequences together {@code [ids, vocabulary]}. */
  float[] decodeBatch(int[] ids, int[] positions, int[] slotOf) {
    try (Arena memory = Arena.ofConfined();
        PtNDManager step = script.newManager();
        IValue logits = decodeBatch(step, memory, ids, positions, slotOf)) {
      return logits.toTensor(step).toFloatArray();
    }
  }

  private IValue decodeBatch(
      PtNDManager step, Arena memory, int[] ids, int[] positions, int[] slotOf) {
    return runOnCache(
        "decode_batch",
        embed(step, memory, ids, positions),
        tensor(step, positions),
        tensor(step, slotOf),
        IValue.from(Arrays.stream(slotOf).max().orElseThrow() + 1L),
        IValue.from(Arrays.stream(positions).max().orElseThrow() + 1L));
  }

  private int[] draw(PtNDManager step, IValue logits, Draws draws) {
    try (IValue options = floats(step, draws.options(), draws.rows(), Draws.OPTIONS);
        IValue seen = tensor(step, draws.seen());
        IValue times = floats(step, draws.times(), draws.times().length);
        IValue sorted = IValue.from(draws.sorted());
        IValue tokens = script.call("draw", logits, options, seen, times, sorted)) {
      return Arrays.stream(tokens.toTensor(step).toLongArray())
          .mapToInt(Math::toIntExact)
          .toArray();
    }
  }

  /** Draws from logits {@code [draws.rows(), vocabulary]} that are here. */
  int[] draw(float[] logits, Draws draws) {
    try (PtNDManager step = script.newManager();
        IValue values = floats(step, logits, draws.rows(), config.vocabulary())) {
      return draw(step, values, draws);
    }
  }

  /**
   * FBGEMM cuts a batch into kernels of three to six rows, which add in one order, and one of one
   * or two rows, which add in another: with so many rows none of the latter is used.
   */
  private static int paddedRows(int rows) {
    int odd = rows % FBGEMM_ROWS;
    return odd == 1 || odd == 2 ? rows + 3 - odd : rows;
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

  /**
   * Copies the keys and values of a slot's first tokens out of the cache.
   *
   * @param into {@code tokens} times {@link #cacheBytesPerToken()} bytes, at most 2 GiB
   */
  public void save(int slot, int tokens, MemorySegment into) {
    try (PtNDManager step = script.newHostManager()) {
      runOnCache(
              "save",
              IValue.from((long) slot),
              IValue.from((long) tokens),
              IValue.from(bytes(step, into, tokens)))
          .close();
    }
  }

  /**
   * Copies keys and values back into the cache.
   *
   * @param tokens how many of those that were saved
   * @param from as {@link #save} wrote them
   * @param saved how many there are
   */
  public void restore(int slot, int tokens, MemorySegment from, int saved) {
    try (PtNDManager step = script.newHostManager()) {
      runOnCache(
              "restore",
              IValue.from((long) slot),
              IValue.from((long) tokens),
              IValue.from(bytes(step, from, saved)))
          .close();
    }
  }

  /** A view of memory {@code [2 * layers, kvHeads, tokens, bytes of a head]}. */
  private PtNDArray bytes(PtNDManager step, MemorySegment memory, int tokens) {
    Shape shape = new Shape(2L * config.layers().size(), config.kvHeads(), tokens, headBytes());
    return step.create(memory.asByteBuffer(), shape, DataType.UINT8);
  }

  @Override
  public void close() {
    keys.close();
    values.close();
    script.close();
  }

  private IValue newCache() {
    try (PtNDManager manager = script.newManager()) {
      return script.run(
          "cache",
          IValue.from((long) plan.slots()),
          IValue.from((long) slotLength),
          IValue.from(plan.batched()),
          IValue.from((PtNDArray) manager.create(0)));
    }
  }

  /** Closes the other one where this one fails, as a card may have no room for it. */
  private IValue newCacheBeside(IValue other) {
    try {
      return newCache();
    } catch (RuntimeException | Error e) {
      other.close();
      throw e;
    }
  }

  /** The embeddings of tokens {@code [ids, width]}. */
  private IValue embed(PtNDManager step, Arena memory, int[] ids, int[] positions) {
    ByteBuffer rows = Floats.allocate(memory, (long) ids.length * config.width());
    FloatBuffer floats = rows.asFloatBuffer();
    for (int i = 0; i < ids.length; i++) {
      embedding.read(ids[i], positions[i], floats);
    }
    return IValue.from(Floats.array(step, rows, ids.length, config.width()));
  }

  private static IValue tensor(NDManager step, int[] values) {
    return tensor(step, Arrays.stream(values).asLongStream().toArray());
  }

  private static IValue tensor(NDManager step, long[] values) {
    return IValue.from((PtNDArray) step.create(values));
  }

  private static IValue floats(NDManager step, float[] values, long... shape) {
    return IValue.from((PtNDArray) step.create(values, new Shape(shape)));
  }

  /** Calls a method that takes the cache after its arguments, and frees these. */
  private IValue runOnCache(String method, IValue... arguments) {
    IValue[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = keys;
    all[arguments.length + 1] = values;
    try {
      return script.call(method, all);
    } finally {
      for (IValue argument : arguments) {
        argument.close();
      }
    }
  }
}
