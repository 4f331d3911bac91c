package dev.parley.model.transformer;

import dev.parley.model.file.Fields;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.Tensor;
import dev.parley.model.file.TensorFile;
import dev.parley.model.transformer.TensorNames.LayerPart;
import java.util.Arrays;

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

  private Checkpoint(TensorFile file, TensorNames names, TransformerConfig config, boolean ownHead)
      throws ModelFormatException {
    this.file = file;
    this.names = names;
    this.config = config;
    this.ownHead = ownHead;
    check();
  }

  /**
   * The network of a GGUF file.
   *
   * @throws ModelFormatException where it is of another family, or metadata and tensors contradict
   *     each other
   */
  public static Checkpoint of(GgufFile file) throws ModelFormatException {
    TensorNames names = TensorNames.GGUF;
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
    TensorNames names = TensorNames.HUGGING_FACE;
    boolean tied = config.bool("tie_word_embeddings").orElse(false);
    return new Checkpoint(file, names, HuggingFaceConfig.read(config), !tied);
  }

  /** Tokens it knows. */
  public int vocabulary() {
    return config.vocabulary();
  }

  TransformerConfig config() {
    return config;
  }

  /**
   * The tensor of one part of a layer.
   *
   * @param index of the layer, from 0
   */
  Tensor layer(int index, LayerPart part) throws ModelFormatException {
    return tensor(names.of(index, part), shapeOf(part));
  }

  /** Whether the rows of this part that turn together stand side by side. */
  boolean hasPairedRows(LayerPart part) {
    return names.pairedRotary() && (part == LayerPart.QUERY || part == LayerPart.KEY);
  }

  /** {@code [vocabulary, width]}. */
  Tensor embedding() throws ModelFormatException {
    return tensor(names.embedding(), config.vocabulary(), config.width());
  }

  /** {@code [width]}. */
  Tensor finalNorm() throws ModelFormatException {
    return tensor(names.finalNorm(), config.width());
  }

  /** {@code [vocabulary, width]}; the embedding where they are tied. */
  Tensor head() throws ModelFormatException {
    return ownHead ? tensor(names.head(), config.vocabulary(), config.width()) : embedding();
  }

  /** Before anything native sees them, so that no size can surprise it. */
  private void check() throws ModelFormatException {
    embedding();
    finalNorm();
    head();
    checkSizes();
    for (int i = 0; i < config.layers(); i++) {
      for (LayerPart part : LayerPart.values()) {
        layer(i, part);
      }
    }
    String next = names.of(config.layers(), LayerPart.ATTENTION_NORM);
    if (file.find(next).isPresent()) {
      throw file.error(
          "layers", "expected " + config.layers() + " as the file says, found " + next + " too");
    }
  }

  /** A matrix is decoded into one buffer before it is packed. */
  private void checkSizes() throws ModelFormatException {
    long width = config.width();
    long queries = (long) config.heads() * config.headDim();
    long keys = (long) config.kvHeads() * config.headDim();
    checkSize(ownHead ? names.head() : names.embedding(), config.vocabulary(), width);
    checkSize(names.of(0, LayerPart.QUERY), queries + 2 * keys, width);
    checkSize(names.of(0, LayerPart.GATE), 2L * config.feedForward(), width);
  }

  private void checkSize(String name, long rows, long columns) throws ModelFormatException {
    if (rows > MOST_FLOATS / columns) {
      throw file.error(
          "tensor " + name,
          "expected a matrix of at most %d floats, as this version loads, found %d rows of %d"
              .formatted(MOST_FLOATS, rows, columns));
    }
  }

  private long[] shapeOf(LayerPart part) {
    long width = config.width();
    long queries = (long) config.heads() * config.headDim();
    long keys = (long) config.kvHeads() * config.headDim();
    return switch (part) {
      case ATTENTION_NORM, FEED_FORWARD_NORM -> new long[] {width};
      case QUERY -> new long[] {queries, width};
      case KEY, VALUE -> new long[] {keys, width};
      case ATTENTION_OUTPUT -> new long[] {width, queries};
      case GATE, UP -> new long[] {config.feedForward(), width};
      case DOWN -> new long[] {width, config.feedForward()};
    };
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
