package dev.parley.model.file;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads little-endian numbers and strings forward from the start of a file, and refuses whatever
 * would reach beyond its end before allocating anything for it. Confined to the thread that opens
 * the file.
 */
final class Cursor {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Mapping mapping;
  private long position;

  Cursor(Mapping mapping) {
    this.mapping = mapping;
  }

  long position() {
    return position;
  }

  int int32(String field) throws ModelFormatException {
    return mapping.bytes().get(INT, advance(Integer.BYTES, field));
  }

  long int64(String field) throws ModelFormatException {
    return mapping.bytes().get(LONG, advance(Long.BYTES, field));
  }

  /**
   * A 64-bit number of things that follow, each of at least {@code minimumBytes}: so many must fit
   * in what remains of the file.
   */
  long count(String field, int minimumBytes) throws ModelFormatException {
    long count = int64(field);
    long most = (mapping.size() - position) / minimumBytes;
    if (count < 0 || count > most) {
      throw mapping.wrong(
          field,
          "a count that the rest of the file has room for (at most " + most + ")",
          Long.toUnsignedString(count));
    }
    return count;
  }

  /** A string of UTF-8 after its length in bytes (64 bits). */
  String string(String field) throws ModelFormatException {
    long length = count(field, 1);
    return mapping.utf8(field, advance(length, field), length);
  }

  /** A copy of the next bytes, little-endian. */
  ByteBuffer copy(long length, String field) throws ModelFormatException {
    if (length > Integer.MAX_VALUE - 8) {
      throw mapping.wrong(field, "a value below 2 GiB", length + " bytes");
    }
    long start = advance(length, field);
    return ByteBuffer.wrap(mapping.bytes().asSlice(start, length).toArray(ValueLayout.JAVA_BYTE))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private long advance(long length, String field) throws ModelFormatException {
    if (length > mapping.size() - position) {
      throw mapping.wrong(
          field,
          length + " bytes at position " + position,
          "the end of the file at " + mapping.size());
    }
    long start = position;
    position += length;
    return start;
  }
}
