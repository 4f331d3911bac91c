package dev.parley.model.transformer;

import dev.parley.model.file.Fields;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.Tensor;
import dev.parley.model.file.TensorFile;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A trained network in an open file: its shape, and weights that were seen to have that shape.
 * Immutable; lives as long as the file is open.
 */
public final class Checkpoint {
  /** In a buffer of 2 GiB. */
  private static final long MOST_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  private final TensorFile file;
  private final TensorNames names;
  private final TransformerConfig config;
  private final boolean ownHead;
  private final Optional<Adapter> adapter;

  private Checkpoint(TensorFile file, TensorNames names, TransformerConfig config, boolean ownHead)
      throws ModelFormatException {
    this(file, names, config, ownHead, Optional.empty());
    check();
  }

  private Checkpoint(
      TensorFile file,
      TensorNames names,
      TransformerConfig config,
      boolean ownHead,
      Optional<Adapter> adapter) {
    this.file = file;
    this.names = names;
    this.config = config;
    this.ownHead = ownHead;
    this.adapter = adapter;
  }

  /**
   * The network of a GGUF file.
   *
   * @throws ModelFormatException where it is of another family, or metadata and tensors contradict
   *     each other
   */
  public static Checkpoint of(GgufFile file) throws ModelFormatException {
    TensorNames names = TensorNames.gguf();
    TransformerConfig config = GgufConfig.read(file);
    return new Checkpoint(file, names, config, file.find(names.head()).isPresent());
  }

  /**
   * The network of a folder as transformers writes it.
   *
   * @param config the folder's {@code config.json}
   * @throws ModelFormatException where it is of another family, or configuration and tensors
   *     contradict each other
   */
  public static Checkpoint of(SafetensorsFile file, JsonFile config) throws ModelFormatException {
    TransformerConfig shape = HuggingFaceConfig.read(config);
    TensorNames names = TensorNames.huggingFace(shape.family(), file);
    Optional<Boolean> tied = config.bool("tie_word_embeddings");
    boolean ownHead = tied.map(is -> !is).orElseGet(() -> file.find(names.head()).isPresent());
    return new Checkpoint(file, names, shape, ownHead);
  }

  /**
   * A network that is made in memory, to be trained from scratch.
   *
   * @param weights by the names of transformers, which must stay open as long
   * @param config what a {@code config.json} would say
   * @throws ModelFormatException as for files
   */
  public static Checkpoint of(MemoryTensors weights, JsonFile config) throws ModelFormatException {
    return of(weights, HuggingFaceConfig.read(config));
  }

  /** A network as it is after training. */
  static Checkpoint of(MemoryTensors weights, TransformerConfig config)
      throws ModelFormatException {
    TensorNames names = TensorNames.huggingFace(config.family());
    return new Checkpoint(weights, names, config, weights.find(names.head()).isPresent());
  }

  /** The families that are run, as {@code general.architecture} of a GGUF file names them. */
  public static Set<String> architectures() {
    return Family.architectures();
  }

  /**
   * The same network with what was trained beside it, which must stay open as long.
   *
   * @throws ModelFormatException where that belongs to another network
   */
  public Checkpoint with(Adapter trained) throws ModelFormatException {
    TensorNames known = TensorNames.huggingFace(config.family());
    Set<String> projections = new HashSet<>();
    for (int i = 0; i < config.layers().size(); i++) {
      for (List<LayerPart> parts : config.projections()) {
        for (LayerPart part : parts) {
          trained.check(known.of(i, part), config.shapeOf(part));
          projections.add(known.of(i, part));
        }
      }
    }
    trained.checkComplete(projections);
    return new Checkpoint(file, names, config, ownHead, Optional.of(trained));
  }

  /**
   * The same network without its last layers.
   *
   * @param layers how many are left, from 1 to all
   */
  public Checkpoint first(int layers) {
    if (layers < 1 || layers > layers()) {
      throw new IllegalArgumentException(
          "it has %d layers, of which the first %d were asked for".formatted(layers(), layers));
    }
    return new Checkpoint(file, names, config.first(layers), ownHead, adapter);
  }

  /** Blocks of attention and feed-forward. */
  public int layers() {
    return config.layers().size();
  }

  /** Tokens it knows. */
  public int vocabulary() {
    return config.vocabulary();
  }

  /** Positions it was trained for. */
  public int contextLength() {
    return config.contextLength();
  }

  /** Numbers that flow between layers for a token. */
  public int width() {
    return config.width();
  }

  TransformerConfig config() {
    return config;
  }

  /** What was trained beside it. */
  Optional<Adapter> adapter() {
    return adapter;
  }

  /** What was trained beside a projection. */
  Optional<Adapter.Pair> adapter(int index, LayerPart part) throws ModelFormatException {
    return adapter.isPresent()
        ? adapter.get().beside(TensorNames.huggingFace(config.family()).of(index, part))
        : Optional.empty();
  }

  /** What it is read from. */
  Path path() {
    return file.path();
  }

  /** Whether the head is the embedding. */
  boolean tied() {
    return !ownHead;
  }

  /**
   * The weights of one part of a layer.
   *
   * @param index of the layer, from 0
   */
  Tensor layer(int index, LayerPart part) throws ModelFormatException {
    long[] shape = config.shapeOf(part);
    if (shape.length == 2 && transposed()) {
      return tensor(names.of(index, part), shape[1], shape[0]);
    }
    return tensor(names.of(index, part), shape);
  }

  /** The bias of one part of a layer, where it has one {@code [out]}. */
  Optional<Tensor> bias(int index, LayerPart part) throws ModelFormatException {
    long[] shape = config.shapeOf(part);
    boolean has = shape.length == 2 ? config.biased().contains(part) : config.family().layerNorm();
    return has ? Optional.of(tensor(names.biasOf(index, part), shape[0])) : Optional.empty();
  }

  /** Whether the rows of this part that turn together stand side by side. */
  boolean hasPairedRows(LayerPart part) {
    return file instanceof GgufFile
        && config.family().pairedInGguf()
        && (part == LayerPart.QUERY || part == LayerPart.KEY);
  }

  /** Whether matrices are {@code [in, out]}, as transformers keeps those of GPT-2. */
  boolean transposed() {
    return config.family() == Family.GPT2 && !(file instanceof GgufFile);
  }

  /** What is to be added to the weights of norms. */
  float normOffset() {
    return file instanceof GgufFile ? 0 : config.family().normOffset();
  }

  /** {@code [vocabulary, width]}. */
  Tensor embedding() throws ModelFormatException {
    return tensor(names.embedding(), config.vocabulary(), config.width());
  }

  /** Learned positions {@code [contextLength, width]}. */
  Optional<Tensor> positions() throws ModelFormatException {
    return config.family().learnedPositions()
        ? Optional.of(tensor(names.positions(), config.contextLength(), config.width()))
        : Optional.empty();
  }

  /** {@code [width]}. */
  Tensor finalNorm() throws ModelFormatException {
    return tensor(names.finalNorm(), config.width());
  }

  /** {@code [width]}. */
  Optional<Tensor> finalNormBias() throws ModelFormatException {
    return config.family().layerNorm()
        ? Optional.of(tensor(names.finalNormBias(), config.width()))
        : Optional.empty();
  }

  /** {@code [vocabulary, width]}; the embedding where they are tied. */
  Tensor head() throws ModelFormatException {
    return ownHead ? tensor(names.head(), config.vocabulary(), config.width()) : embedding();
  }

  /** Before anything native sees them, so that no size can surprise it. */
  private void check() throws ModelFormatException {
    embedding();
    positions();
    finalNorm();
    finalNormBias();
    head();
    checkSizes();
    for (int i = 0; i < config.layers().size(); i++) {
      for (LayerPart part : parts()) {
        layer(i, part);
        bias(i, part);
      }
    }
    LayerPart first = parts().getFirst();
    String next = names.of(config.layers().size(), first);
    if (file.find(next).isPresent()) {
      throw file.error(
          "layers",
          "expected " + config.layers().size() + " as the file says, found " + next + " too");
    }
  }

  private List<LayerPart> parts() {
    List<LayerPart> parts = new ArrayList<>();
    config.projections().forEach(parts::addAll);
    parts.addAll(config.norms());
    return parts;
  }

  /** A matrix is decoded into one buffer before it is packed. */
  private void checkSizes() throws ModelFormatException {
    long width = config.width();
    checkSize(ownHead ? names.head() : names.embedding(), config.vocabulary(), width);
    checkSize(
        names.of(0, config.queryKeyValue().getFirst()),
        config.queryWidth() + 2 * config.keyWidth(),
        width);
    checkSize(names.of(0, config.intoFeedForward().getFirst()), 2L * config.feedForward(), width);
  }

  private void checkSize(String name, long rows, long columns) throws ModelFormatException {
    if (rows > MOST_FLOATS / columns) {
      throw file.error(
          "tensor " + name,
          "expected a matrix of at most %d floats, as this version loads, found %d rows of %d"
              .formatted(MOST_FLOATS, rows, columns));
    }
  }

  private Tensor tensor(String name, long... shape) throws ModelFormatException {
    Tensor tensor = file.tensor(name);
    if (!tensor.hasShape(shape)) {
      throw file.error(
          "tensor " + name,
          "expected the shape "
              + Arrays.toString(shape)
              + ", found "
              + Arrays.toString(tensor.shape()));
    }
    return tensor;
  }

  /** What both kinds of file must obey. */
  static void checkHeads(Fields fields, String key, int heads, int kvHeads, int headDim)
      throws ModelFormatException {
    if (heads % kvHeads != 0) {
      throw fields.error(key, "expected a divisor of the " + heads + " heads, found " + kvHeads);
    }
    if (headDim % 2 != 0) {
      throw fields.error(key, "expected heads of even width, found " + headDim);
    }
  }
}
