package dev.parley.model.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small safetensors files for tests. */
final class SafetensorsBytes {
  private SafetensorsBytes() {}

  /** A header as given, and so many bytes of ascending F32 values. */
  static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (int i = 0; file.remaining() >= Float.BYTES; i++) {
      file.putFloat(i);
    }
    return file.array();
  }

  /** One F32 tensor of four values: 0, 1, 2, 3. */
  static byte[] ofOne(String name) {
    return file(
        "{\"%s\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}".formatted(name), 16);
  }
}
