package dev.parley.model.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in memory, as long as the arena that holds it is open.
 *
 * @param file for messages
 */
record Mapping(Path file, MemorySegment bytes) {

  static Mapping of(Path path, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new Mapping(path, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  long size() {
    return bytes.byteSize();
  }

  /** The text in {@code length} bytes from {@code start}, both inside the file. */
  String utf8(String field, long start, long length) throws ModelFormatException {
    if (length > Integer.MAX_VALUE) {
      throw wrong(field, "a text below 2 GiB", length + " bytes");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(bytes.asSlice(start, length).asByteBuffer())
          .toString();
    } catch (CharacterCodingException e) {
      throw wrong(field, "UTF-8", "bytes that are not");
    }
  }

  ModelFormatException wrong(String field, String expected, String found) {
    return new ModelFormatException(file, field, "expected " + expected + ", found " + found);
  }
}
