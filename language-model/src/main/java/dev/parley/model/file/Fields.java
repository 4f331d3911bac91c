package dev.parley.model.file;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a model file says of itself, by key. An absent key gives an empty answer; a value of the
 * wrong type a {@link ModelFormatException} that names file, key and what was expected. Immutable.
 */
public sealed interface Fields permits Metadata, JsonFile {

  Optional<String> string(String key) throws ModelFormatException;

  /** A whole number of any width. */
  OptionalLong integer(String key) throws ModelFormatException;

  /** A number, whole or not. */
  OptionalDouble number(String key) throws ModelFormatException;

  Optional<Boolean> bool(String key) throws ModelFormatException;

  /**
   * An error about one of them.
   *
   * @param problem such as {@code "expected a number from 1 to 8, found 9"}
   */
  ModelFormatException error(String key, String problem);

  /** A count from 1 to {@code most}; where the key is absent, an error. */
  default int count(String key, int most) throws ModelFormatException {
    OptionalLong value = integer(key);
    if (value.isEmpty()) {
      throw error(key, "expected a number from 1 to " + most + ", found none");
    }
    return count(key, most, 1);
  }

  /** As {@link #count(String, int)}, with what counts where the key is absent. */
  default int count(String key, int most, int otherwise) throws ModelFormatException {
    long value = integer(key).orElse(otherwise);
    if (value < 1 || value > most) {
      throw error(key, "expected a number from 1 to " + most + ", found " + value);
    }
    return (int) value;
  }

  /** A number above 0, with what counts where the key is absent. */
  default double positive(String key, double otherwise) throws ModelFormatException {
    double value = number(key).orElse(otherwise);
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw error(key, "expected a positive number, found " + value);
    }
    return value;
  }
}
