package dev.parley.model.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of more than one byte inside a block. */
final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static float half(byte[] bytes, int at) {
    return Float.float16ToFloat((short) SHORT.get(bytes, at));
  }

  static int uint16(byte[] bytes, int at) {
    return Short.toUnsignedInt((short) SHORT.get(bytes, at));
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }
}
