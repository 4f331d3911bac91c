package dev.parley.model.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what comes before the weights of a GGUF file: counts, metadata, and where each tensor lies.
 * As strict as ggml's own {@code gguf.cpp}: tensors follow each other without holes.
 */
final class GgufReader {
  /** "GGUF" as a little-endian number. */
  private static final int MAGIC = 0x46554747;

  private static final int SMALLEST_TENSOR = Long.BYTES + 2 * Integer.BYTES + Long.BYTES;

  /** {@code GGML_MAX_DIMS}. */
  private static final int MOST_DIMENSIONS = 4;

  private static final long DEFAULT_ALIGNMENT = 32;

  /** A tensor before its bytes are found. */
  private record Entry(String name, Shape shape, TensorType type, long offset) {}

  private final Mapping mapping;
  private final Cursor in;
  private final Metadata metadata;
  private final Map<String, Tensor> tensors;

  GgufReader(Mapping mapping) throws ModelFormatException {
    this.mapping = mapping;
    this.in = new Cursor(mapping);
    checkVersion();
    long tensorCount = in.count("number of tensors", SMALLEST_TENSOR);
    this.metadata = new MetadataReader(mapping, in).read();
    long alignment = alignment();
    this.tensors = locate(readEntries(tensorCount), alignment);
  }

  Metadata metadata() {
    return metadata;
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  private void checkVersion() throws ModelFormatException {
    int magic = in.int32("magic");
    if (magic != MAGIC) {
      throw mapping.wrong(
          "magic", "GGUF", "the bytes 0x%08x".formatted(Integer.reverseBytes(magic)));
    }
    int version = in.int32("version");
    if (version != 2 && version != 3) {
      throw mapping.wrong("version", "2 or 3, little-endian", Integer.toUnsignedString(version));
    }
  }

  private long alignment() throws ModelFormatException {
    String key = "general.alignment";
    long alignment = metadata.integer(key).orElse(DEFAULT_ALIGNMENT);
    if (alignment < 8 || Long.bitCount(alignment) != 1) {
      throw mapping.wrong(key, "a power of two, at least 8", Long.toString(alignment));
    }
    return alignment;
  }

  private List<Entry> readEntries(long count) throws ModelFormatException {
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String name = in.string("name of tensor " + i);
      String field = "tensor " + name;
      entries.add(new Entry(name, shape(field), tensorType(field), in.int64(field)));
    }
    return entries;
  }

  private Shape shape(String field) throws ModelFormatException {
    int count = in.int32(field);
    if (count < 0 || count > MOST_DIMENSIONS) {
      throw mapping.wrong(
          field, "at most " + MOST_DIMENSIONS + " dimensions", Integer.toUnsignedString(count));
    }
    long[] dimensions = new long[count];
    for (int i = count - 1; i >= 0; i--) { // the file has the innermost first
      dimensions[i] = in.int64(field);
      if (dimensions[i] <= 0) {
        throw mapping.wrong(
            field, "dimensions of 1 to 2^63 - 1", Long.toUnsignedString(dimensions[i]));
      }
    }
    try {
      return new Shape(dimensions);
    } catch (ArithmeticException e) {
      throw mapping.wrong(field, "fewer than 2^63 elements", Arrays.toString(dimensions));
    }
  }

  private TensorType tensorType(String field) throws ModelFormatException {
    int id = in.int32(field);
    return TensorType.ofGgufId(id)
        .orElseThrow(
            () ->
                mapping.wrong(
                    field,
                    "a type of " + Arrays.toString(TensorType.values()),
                    "type " + Integer.toUnsignedString(id)));
  }

  private long bytes(Entry entry, String field) throws ModelFormatException {
    if (!entry.shape().dividesIntoBlocksOf(entry.type())) {
      throw mapping.wrong(
          field,
          "rows in whole blocks of " + entry.type().blockElements() + " for " + entry.type(),
          "shape " + entry.shape());
    }
    try {
      return entry.shape().bytes(entry.type());
    } catch (ArithmeticException e) {
      throw mapping.wrong(field, "fewer than 2^63 bytes", "shape " + entry.shape());
    }
  }

  /** The weights begin at the next multiple of the alignment, and so does each tensor. */
  private Map<String, Tensor> locate(List<Entry> entries, long alignment)
      throws ModelFormatException {
    long start = align(in.position(), alignment);
    long offset = 0;
    Map<String, Tensor> located = new LinkedHashMap<>();
    for (Entry entry : entries) {
      String field = "tensor " + entry.name();
      if (entry.offset() != offset) {
        throw mapping.wrong(
            field,
            "offset %d, where the one before ends (alignment %d)".formatted(offset, alignment),
            Long.toUnsignedString(entry.offset()));
      }
      long bytes = bytes(entry, field);
      long room = mapping.size() - start - offset;
      if (bytes > room) {
        throw mapping.wrong(field, bytes + " bytes of weights", "room for " + Math.max(0, room));
      }
      Tensor tensor =
          new Tensor(
              entry.name(),
              entry.type(),
              entry.shape(),
              mapping.bytes().asSlice(start + offset, bytes));
      if (located.put(entry.name(), tensor) != null) {
        throw mapping.wrong(field, "this name once", "it twice");
      }
      offset = align(offset + bytes, alignment);
    }
    return located;
  }

  private static long align(long position, long alignment) {
    return (position + alignment - 1) & -alignment;
  }
}
