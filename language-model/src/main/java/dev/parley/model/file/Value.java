package dev.parley.model.file;

import java.nio.ByteBuffer;
import java.util.List;

/** A value of GGUF's metadata. */
sealed interface Value {

  /** What it is, for an error message. */
  String described();

  record Text(String text) implements Value {
    @Override
    public String described() {
      return "the string \"" + text + "\"";
    }
  }

  record Whole(long value) implements Value {
    @Override
    public String described() {
      return "the whole number " + value;
    }
  }

  /** A floating-point number, or a whole one that 63 bits do not hold. */
  record Real(double value) implements Value {
    @Override
    public String described() {
      return "the number " + value;
    }
  }

  record Flag(boolean value) implements Value {
    @Override
    public String described() {
      return "the boolean " + value;
    }
  }

  record Texts(List<String> values) implements Value {
    @Override
    public String described() {
      return "an array of " + values.size() + " strings";
    }
  }

  /**
   * Numbers or booleans, kept as they are in the file: little-endian, {@code type.bytes()} each.
   */
  record Numbers(ValueType type, ByteBuffer values) implements Value {
    @Override
    public String described() {
      return "an array of " + size() + " " + type;
    }

    int size() {
      return values.limit() / type.bytes();
    }

    long integer(int index) {
      return type.integer(values, index * type.bytes());
    }

    double number(int index) {
      return type.number(values, index * type.bytes());
    }
  }
}
