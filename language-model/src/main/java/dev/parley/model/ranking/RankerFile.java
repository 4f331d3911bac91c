package dev.parley.model.ranking;

import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.SafetensorsWriter;
import dev.parley.model.file.Tensor;
import dev.parley.model.text.Grams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A ranker as a file: numbers as tensors, vocabularies as lines of texts beside them. */
final class RankerFile {
  private static final String FORMAT = "format";
  private static final String VERSION = "parley-ranker-1";
  private static final String EMBEDDING = "embedding";
  private static final String MEAN = "embedding.mean";
  private static final String POSITIONS = "positions";
  private static final String SIMILARITIES = "similarities";
  private static final String OVERLAPS = "overlaps";

  /** Widest vector that is believed. */
  private static final long WIDEST = 1 << 14;

  private final SafetensorsFile file;

  private RankerFile(SafetensorsFile file) {
    this.file = file;
  }

  static void save(Ranker ranker, Path path) throws IOException {
    Head head = ranker.head();
    Map<String, String> metadata = new TreeMap<>(Map.of(FORMAT, VERSION));
    try (MemoryTensors tensors = new MemoryTensors(path)) {
      add(tensors, EMBEDDING, ranker.embedding().rows(), ranker.embedding().width());
      add(tensors, MEAN, ranker.embedding().mean());
      int out = head.contexts().getFirst().bias().length;
      for (int i = 0; i < View.values().length; i++) {
        add(tensors, context(View.ALL.get(i)), head.contexts().get(i), out);
        add(tensors, reply(View.ALL.get(i)), head.replies().get(i), out);
      }
      add(tensors, POSITIONS, head.positions(), out);
      add(tensors, SIMILARITIES, head.similarities());
      add(tensors, OVERLAPS, head.overlaps());
      for (Grams grams : Grams.values()) {
        TfIdf space = ranker.texts().space(grams);
        add(tensors, name(grams), space.idf());
        metadata.put(name(grams), String.join("\n", space.vocabulary()));
      }
      SafetensorsWriter.write(path, tensors, metadata);
    }
  }

  private static void add(MemoryTensors tensors, String name, Projection projection, int out) {
    add(tensors, name, projection.weight(), out);
    add(tensors, bias(name), projection.bias());
  }

  private static void add(MemoryTensors tensors, String name, float[] matrix, int columns) {
    tensors.add(name, new long[] {matrix.length / columns, columns}, target -> target.put(matrix));
  }

  private static void add(MemoryTensors tensors, String name, float[] vector) {
    tensors.add(name, new long[] {vector.length}, target -> target.put(vector));
  }

  private static String name(Grams grams) {
    return grams.name().toLowerCase(Locale.ROOT);
  }

  private static String context(View view) {
    return "context." + view.name().toLowerCase(Locale.ROOT);
  }

  private static String reply(View view) {
    return "reply." + view.name().toLowerCase(Locale.ROOT);
  }

  private static String bias(String name) {
    return name + ".bias";
  }

  static Ranker load(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      return new RankerFile(file).ranker();
    }
  }

  private Ranker ranker() throws ModelFormatException {
    String format = text(FORMAT);
    if (!format.equals(VERSION)) {
      throw file.error(FORMAT, "expected " + VERSION + ", found " + format);
    }
    List<TfIdf> spaces = new ArrayList<>();
    for (Grams grams : Grams.values()) {
      spaces.add(space(grams));
    }
    Texts texts = new Texts(spaces);
    int in = length(MEAN);
    int out = length(bias(context(View.WHOLE)));
    int vocabulary = texts.space(Grams.CHARACTERS).size();
    Embedding embedding = new Embedding(floats(EMBEDDING, vocabulary, in), floats(MEAN, in));
    List<Projection> contexts = new ArrayList<>();
    List<Projection> replies = new ArrayList<>();
    for (View view : View.values()) {
      contexts.add(projection(context(view), in, out));
      replies.add(projection(reply(view), in, out));
    }
    Head head =
        new Head(
            contexts,
            replies,
            floats(POSITIONS, Head.MOST_TURNS + 1, out),
            floats(SIMILARITIES, View.values().length),
            floats(OVERLAPS, Texts.OVERLAPS));
    return new Ranker(texts, embedding, head);
  }

  private TfIdf space(Grams grams) throws ModelFormatException {
    String lines = text(name(grams));
    List<String> vocabulary = lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    if (new HashSet<>(vocabulary).size() != vocabulary.size()) {
      throw file.error(name(grams), "expected each line once, found one again");
    }
    return new TfIdf(grams, vocabulary, floats(name(grams), vocabulary.size()));
  }

  private Projection projection(String name, int in, int out) throws ModelFormatException {
    return new Projection(floats(name, in, out), floats(bias(name), out));
  }

  private String text(String key) throws ModelFormatException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw file.error(key, "expected a text of this name, found none");
    }
    return text;
  }

  private int length(String name) throws ModelFormatException {
    long elements = file.tensor(name).elements();
    if (elements < 1 || elements > WIDEST) {
      throw file.error(name, "expected 1 to %d numbers, found %d".formatted(WIDEST, elements));
    }
    return (int) elements;
  }

  private float[] floats(String name, long... shape) throws ModelFormatException {
    Tensor tensor = file.tensor(name);
    if (!tensor.hasShape(shape) || tensor.elements() > Integer.MAX_VALUE - 8) {
      throw file.error(
          "tensor " + name,
          "expected %s, found %s"
              .formatted(Arrays.toString(shape), Arrays.toString(tensor.shape())));
    }
    float[] values = tensor.floats();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw file.error("tensor " + name, "expected finite numbers, found " + value);
      }
    }
    return values;
  }
}
