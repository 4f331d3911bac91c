package dev.parley.model.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the key-value pairs of a GGUF file. As strict as ggml's own {@code gguf.cpp}: no key twice,
 * no arrays of arrays (so nothing recurses).
 */
final class MetadataReader {
  /** A key of no characters, a type, a value of one byte. */
  private static final int SMALLEST_PAIR = Long.BYTES + Integer.BYTES + 1;

  private final Mapping mapping;
  private final Cursor in;

  /**
   * @param in where the number of pairs begins
   */
  MetadataReader(Mapping mapping, Cursor in) {
    this.mapping = mapping;
    this.in = in;
  }

  /** The number of pairs, and the pairs. */
  Metadata read() throws ModelFormatException {
    long count = in.count("number of keys", SMALLEST_PAIR);
    Map<String, Value> values = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      String key = in.string("name of key " + i);
      if (values.put(key, value(key)) != null) {
        throw mapping.wrong(key, "this key once", "it again as key " + i);
      }
    }
    Metadata read = new Metadata(mapping.file(), values);
    read.requireString("general.architecture");
    return read;
  }

  private Value value(String key) throws ModelFormatException {
    ValueType type = type(key);
    return switch (type) {
      case STRING -> new Value.Text(in.string(key));
      case ARRAY -> array(key);
      case BOOL -> new Value.Flag(flags(in.copy(1, key), key).get(0) == 1);
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64, FLOAT32, FLOAT64 ->
          number(type, in.copy(type.bytes(), key));
    };
  }

  private static Value number(ValueType type, ByteBuffer bytes) {
    boolean whole = type.whole() && !(type == ValueType.UINT64 && type.integer(bytes, 0) < 0);
    return whole ? new Value.Whole(type.integer(bytes, 0)) : new Value.Real(type.number(bytes, 0));
  }

  private Value array(String key) throws ModelFormatException {
    ValueType type = type(key);
    return switch (type) {
      case ARRAY -> throw mapping.wrong(key, "an array of strings or numbers", "one of arrays");
      case STRING -> new Value.Texts(strings(key));
      case BOOL -> new Value.Numbers(type, flags(in.copy(in.count(key, 1), key), key));
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64, FLOAT32, FLOAT64 ->
          new Value.Numbers(type, in.copy(in.count(key, type.bytes()) * type.bytes(), key));
    };
  }

  private List<String> strings(String key) throws ModelFormatException {
    long count = in.count(key, Long.BYTES);
    List<String> strings = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      strings.add(in.string(key));
    }
    return List.copyOf(strings);
  }

  private ByteBuffer flags(ByteBuffer bytes, String key) throws ModelFormatException {
    for (int i = 0; i < bytes.limit(); i++) {
      if (bytes.get(i) != 0 && bytes.get(i) != 1) {
        throw mapping.wrong(key, "a boolean of 0 or 1", Byte.toString(bytes.get(i)));
      }
    }
    return bytes;
  }

  private ValueType type(String key) throws ModelFormatException {
    int id = in.int32(key);
    return ValueType.ofId(id)
        .orElseThrow(
            () -> mapping.wrong(key, "a value type of 0 to 12", Integer.toUnsignedString(id)));
  }
}
