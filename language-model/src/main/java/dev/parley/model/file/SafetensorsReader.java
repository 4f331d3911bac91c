package dev.parley.model.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one <a href="https://github.com/huggingface/safetensors#format">safetensors</a> file: the
 * length of the header (64 bits), the header in JSON, the bytes of the tensors. As strict as the
 * library: tensors cover those bytes without hole, overlap or rest.
 */
final class SafetensorsReader {
  /** Texts that are no tensor. */
  static final String METADATA = "__metadata__";

  private static final String HEADER = "header";

  /** A tensor and where the file says its bytes are, counted from the end of the header. */
  private record Entry(String name, Shape shape, SafetensorsType type, long begin, long end) {
    String field() {
      return "tensor " + name;
    }
  }

  private final Mapping mapping;
  private final Set<String> names = new HashSet<>();
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  SafetensorsReader(Mapping mapping) throws ModelFormatException {
    this.mapping = mapping;
    Cursor in = new Cursor(mapping);
    long length = in.count(HEADER, 1);
    JsonNode header = JsonHeader.read(mapping, HEADER, in.position(), length);
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : header.properties()) {
      if (!property.getKey().equals(METADATA)) {
        entries.add(entry(property.getKey(), property.getValue()));
      }
    }
    for (Map.Entry<String, JsonNode> text : header.path(METADATA).properties()) {
      metadata.put(text.getKey(), text.getValue().asText());
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    locate(entries, in.position() + length);
  }

  /** All tensors, those of whole numbers and booleans too. */
  Set<String> names() {
    return names;
  }

  /** The tensors of floats, in the order of their bytes. */
  Map<String, Tensor> weights() {
    return weights;
  }

  /** What the file says beside its tensors. */
  Map<String, String> metadata() {
    return metadata;
  }

  private Entry entry(String name, JsonNode described) throws ModelFormatException {
    String field = "tensor " + name;
    long[] offsets = wholeNumbers(field, described, "data_offsets");
    if (offsets.length != 2) {
      throw mapping.wrong(field, "data_offsets of begin and end", offsets.length + " numbers");
    }
    return new Entry(name, shape(field, described), type(field, described), offsets[0], offsets[1]);
  }

  private SafetensorsType type(String field, JsonNode described) throws ModelFormatException {
    JsonNode dtype = described.path("dtype");
    return SafetensorsType.named(dtype.asText())
        .orElseThrow(
            () ->
                mapping.wrong(
                    field,
                    "a dtype of " + Arrays.toString(SafetensorsType.values()),
                    found(dtype)));
  }

  private Shape shape(String field, JsonNode described) throws ModelFormatException {
    long[] dimensions = wholeNumbers(field, described, "shape");
    try {
      return new Shape(dimensions);
    } catch (ArithmeticException e) {
      throw mapping.wrong(field, "fewer than 2^63 elements", found(described.path("shape")));
    }
  }

  private long[] wholeNumbers(String field, JsonNode described, String key)
      throws ModelFormatException {
    JsonNode array = described.path(key);
    if (!array.isArray()) {
      throw mapping.wrong(field, key + " as an array of whole numbers", found(array));
    }
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw mapping.wrong(field, key + " of whole numbers, 0 to 2^63 - 1", found(number));
      }
      numbers[i] = number.longValue();
    }
    return numbers;
  }

  private static String found(JsonNode node) {
    return node.isMissingNode() ? "none" : node.toString();
  }

  private void locate(List<Entry> entries, long start) throws ModelFormatException {
    long size = mapping.size() - start;
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        throw mapping.wrong(
            entry.field(),
            "a begin of %d, where the tensor before ends".formatted(covered),
            Long.toString(entry.begin()));
      }
      if (entry.end() < entry.begin() || entry.end() > size) {
        throw mapping.wrong(
            entry.field(),
            "an end of %d to %d".formatted(entry.begin(), size),
            Long.toString(entry.end()));
      }
      checkSize(entry);
      covered = entry.end();
      add(entry, start);
    }
    if (covered != size) {
      throw mapping.wrong("tensors", size + " bytes, all after the header", covered + " covered");
    }
  }

  private void checkSize(Entry entry) throws ModelFormatException {
    String expected = "%s %s".formatted(entry.type(), entry.shape());
    long bytes;
    try {
      bytes = Math.multiplyExact(entry.shape().elements(), (long) entry.type().bytes());
    } catch (ArithmeticException e) {
      throw mapping.wrong(entry.field(), "fewer than 2^63 bytes", expected);
    }
    if (bytes != entry.end() - entry.begin()) {
      throw mapping.wrong(
          entry.field(),
          "%d bytes for %s".formatted(bytes, expected),
          entry.end() - entry.begin() + " by data_offsets");
    }
  }

  private void add(Entry entry, long start) {
    MemorySegment data =
        mapping.bytes().asSlice(start + entry.begin(), entry.end() - entry.begin());
    names.add(entry.name());
    entry
        .type()
        .weights()
        .map(type -> new Tensor(entry.name(), type, entry.shape(), data))
        .ifPresent(tensor -> weights.put(entry.name(), tensor));
  }
}
