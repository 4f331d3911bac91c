package dev.parley.model.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small GGUF files for tests. */
final class GgufBytes {
  private static final int ALIGNMENT = 32;

  private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int keyCount;
  private int tensorCount;

  GgufBytes() {
    key("general.architecture", "llama");
  }

  GgufBytes key(String key, String text) {
    return pair(key, ValueType.STRING, string(text));
  }

  /** A value as it is in the file, little-endian. */
  GgufBytes key(String key, ValueType type, long bits) {
    ByteBuffer value = little(Long.BYTES).putLong(0, bits).limit(type.bytes());
    return pair(key, type, bytes(value));
  }

  GgufBytes array(String key, String... texts) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(int32(ValueType.STRING.id()));
    value.writeBytes(int64(texts.length));
    for (String text : texts) {
      value.writeBytes(string(text));
    }
    return pair(key, ValueType.ARRAY, value.toByteArray());
  }

  /** Values as they are in the file, little-endian. */
  GgufBytes array(String key, ValueType type, long... bits) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(int32(type.id()));
    value.writeBytes(int64(bits.length));
    for (long each : bits) {
      value.writeBytes(bytes(little(Long.BYTES).putLong(0, each).limit(type.bytes())));
    }
    return pair(key, ValueType.ARRAY, value.toByteArray());
  }

  /** An F32 tensor. */
  GgufBytes tensor(String name, long[] shape, float... values) {
    ByteBuffer bytes = little(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return tensor(name, 0, shape, bytes(bytes));
  }

  /** A tensor of any type, by ggml's number of it. */
  GgufBytes tensor(String name, int type, long[] shape, byte[] values) {
    entries.writeBytes(string(name));
    entries.writeBytes(int32(shape.length));
    for (int i = shape.length - 1; i >= 0; i--) {
      entries.writeBytes(int64(shape[i]));
    }
    entries.writeBytes(int32(type));
    entries.writeBytes(int64(data.size()));
    data.writeBytes(values);
    pad(data);
    tensorCount++;
    return this;
  }

  byte[] toBytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(int32(3));
    file.writeBytes(int64(tensorCount));
    file.writeBytes(int64(keyCount));
    file.writeBytes(pairs.toByteArray());
    file.writeBytes(entries.toByteArray());
    pad(file);
    file.writeBytes(data.toByteArray());
    return file.toByteArray();
  }

  private GgufBytes pair(String key, ValueType type, byte[] value) {
    pairs.writeBytes(string(key));
    pairs.writeBytes(int32(type.id()));
    pairs.writeBytes(value);
    keyCount++;
    return this;
  }

  private static void pad(ByteArrayOutputStream out) {
    out.writeBytes(new byte[Math.floorMod(-out.size(), ALIGNMENT)]);
  }

  private static byte[] string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return little(Long.BYTES + utf8.length).putLong(utf8.length).put(utf8).array();
  }

  private static byte[] int32(int value) {
    return little(Integer.BYTES).putInt(value).array();
  }

  private static byte[] int64(long value) {
    return little(Long.BYTES).putLong(value).array();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
