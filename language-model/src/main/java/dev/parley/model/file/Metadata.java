package dev.parley.model.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The key-value pairs of a GGUF file. A key that is absent gives an empty answer, or from the
 * {@code require} methods a {@link ModelFormatException} that names file, key and what was
 * expected; a value of the wrong type gives that exception from both. Immutable, and lives on after
 * the file is closed.
 */
public final class Metadata implements Fields {
  private static final String STRING = "a string";
  private static final String INTEGER = "a whole number below 2^63";
  private static final String NUMBER = "a number";
  private static final String BOOL = "a boolean";
  private static final String STRINGS = "an array of strings";
  private static final String INTEGERS = "an array of whole numbers below 2^63";
  private static final String NUMBERS = "an array of numbers";

  private final Path file;
  private final Map<String, Value> values;

  Metadata(Path file, Map<String, Value> values) {
    this.file = file;
    this.values = Collections.unmodifiableMap(values);
  }

  /** In the order of the file. */
  public Set<String> keys() {
    return values.keySet();
  }

  @Override
  public Optional<String> string(String key) throws ModelFormatException {
    return find(key, STRING, Metadata::asString);
  }

  @Override
  public OptionalLong integer(String key) throws ModelFormatException {
    return find(key, INTEGER, Metadata::asInteger)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  @Override
  public OptionalDouble number(String key) throws ModelFormatException {
    return find(key, NUMBER, Metadata::asNumber)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  @Override
  public Optional<Boolean> bool(String key) throws ModelFormatException {
    return find(key, BOOL, Metadata::asBool);
  }

  /** An array of strings; empty where absent. */
  public List<String> strings(String key) throws ModelFormatException {
    return find(key, STRINGS, Metadata::asStrings).orElse(List.of());
  }

  /** An array of whole numbers of any width, or of booleans as 0 and 1; empty where absent. */
  public long[] integers(String key) throws ModelFormatException {
    return find(key, INTEGERS, Metadata::asIntegers).orElseGet(() -> new long[0]);
  }

  /** An array of numbers; empty where absent. */
  public double[] numbers(String key) throws ModelFormatException {
    return find(key, NUMBERS, Metadata::asNumbers).orElseGet(() -> new double[0]);
  }

  public String requireString(String key) throws ModelFormatException {
    return require(key, STRING, Metadata::asString);
  }

  public long requireInteger(String key) throws ModelFormatException {
    return require(key, INTEGER, Metadata::asInteger);
  }

  public double requireNumber(String key) throws ModelFormatException {
    return require(key, NUMBER, Metadata::asNumber);
  }

  public boolean requireBool(String key) throws ModelFormatException {
    return require(key, BOOL, Metadata::asBool);
  }

  public List<String> requireStrings(String key) throws ModelFormatException {
    return require(key, STRINGS, Metadata::asStrings);
  }

  public long[] requireIntegers(String key) throws ModelFormatException {
    return require(key, INTEGERS, Metadata::asIntegers);
  }

  public double[] requireNumbers(String key) throws ModelFormatException {
    return require(key, NUMBERS, Metadata::asNumbers);
  }

  private <T> T require(String key, String expected, Function<Value, @Nullable T> as)
      throws ModelFormatException {
    return find(key, expected, as)
        .orElseThrow(() -> error(key, "expected " + expected + ", found none"));
  }

  private <T> Optional<T> find(String key, String expected, Function<Value, @Nullable T> as)
      throws ModelFormatException {
    Value value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    T typed = as.apply(value);
    if (typed == null) {
      throw error(key, "expected " + expected + ", found " + value.described());
    }
    return Optional.of(typed);
  }

  @Override
  public ModelFormatException error(String key, String problem) {
    return new ModelFormatException(file, key, problem);
  }

  private static @Nullable String asString(Value value) {
    return value instanceof Value.Text(String text) ? text : null;
  }

  private static @Nullable Long asInteger(Value value) {
    return value instanceof Value.Whole(long whole) ? whole : null;
  }

  private static @Nullable Double asNumber(Value value) {
    return switch (value) {
      case Value.Whole(long whole) -> (double) whole;
      case Value.Real(double real) -> real;
      case Value.Text _, Value.Flag _, Value.Texts _, Value.Numbers _ -> null;
    };
  }

  private static @Nullable Boolean asBool(Value value) {
    return value instanceof Value.Flag(boolean flag) ? flag : null;
  }

  private static @Nullable List<String> asStrings(Value value) {
    return value instanceof Value.Texts(List<String> texts) ? texts : null;
  }

  private static long @Nullable [] asIntegers(Value value) {
    if (!(value instanceof Value.Numbers numbers) || !numbers.type().whole()) {
      return null;
    }
    long[] integers = new long[numbers.size()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = numbers.integer(i);
      if (integers[i] < 0 && numbers.type() == ValueType.UINT64) {
        return null;
      }
    }
    return integers;
  }

  private static double @Nullable [] asNumbers(Value value) {
    if (!(value instanceof Value.Numbers numbers)) {
      return null;
    }
    double[] reals = new double[numbers.size()];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = numbers.number(i);
    }
    return reals;
  }
}
