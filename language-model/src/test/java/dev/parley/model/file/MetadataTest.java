package dev.parley.model.file;

import static dev.parley.model.file.ValueType.BOOL;
import static dev.parley.model.file.ValueType.FLOAT32;
import static dev.parley.model.file.ValueType.FLOAT64;
import static dev.parley.model.file.ValueType.UINT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {
  @ParameterizedTest
  @CsvSource({
    "UINT8, 255",
    "INT8, -1",
    "UINT16, 65535",
    "INT16, -1",
    "UINT32, 4294967295",
    "INT32, -1",
    "INT64, -1"
  })
  void wholeNumbersKeepTheirSign(ValueType type, long expected) throws ModelFormatException {
    Metadata metadata = read(new GgufBytes().key("k", type, -1).array("a", type, 0, -1));

    assertThat(metadata.requireInteger("k")).isEqualTo(expected);
    assertThat(metadata.requireIntegers("a")).containsExactly(0, expected);
    assertThat(metadata.requireNumber("k")).isEqualTo((double) expected);
  }

  @Test
  void aNumberOf64BitsWithoutSignIsStillANumber() throws ModelFormatException {
    Metadata metadata = read(new GgufBytes().key("k", UINT64, -1).array("a", UINT64, 1, -1));

    assertThat(metadata.requireNumber("k")).isEqualTo(0x1p64);
    assertThat(metadata.requireNumbers("a")).containsExactly(1, 0x1p64);
    assertRefused(() -> metadata.requireInteger("k"), "k", "a whole number below 2^63");
    assertRefused(() -> metadata.requireIntegers("a"), "a", "an array of whole numbers below 2^63");
  }

  @Test
  void realNumbersOfBothWidthsAreRead() throws ModelFormatException {
    long single = Float.floatToRawIntBits(1.5f);
    long twice = Double.doubleToRawLongBits(-2.5);
    Metadata metadata =
        read(
            new GgufBytes()
                .key("single", FLOAT32, single)
                .key("double", FLOAT64, twice)
                .array("singles", FLOAT32, single, single)
                .array("doubles", FLOAT64, twice));

    assertThat(metadata.number("single")).hasValue(1.5);
    assertThat(metadata.number("double")).hasValue(-2.5);
    assertThat(metadata.numbers("singles")).containsExactly(1.5, 1.5);
    assertThat(metadata.numbers("doubles")).containsExactly(-2.5);
  }

  @Test
  void textsAndBooleansAreRead() throws ModelFormatException {
    Metadata metadata =
        read(
            new GgufBytes()
                .key("text", "Ġ日本")
                .key("yes", BOOL, 1)
                .array("texts", "a", "", "ü")
                .array("flags", BOOL, 1, 0));

    assertThat(metadata.requireString("text")).isEqualTo("Ġ日本");
    assertThat(metadata.requireBool("yes")).isTrue();
    assertThat(metadata.requireStrings("texts")).containsExactly("a", "", "ü");
    assertThat(metadata.requireIntegers("flags")).containsExactly(1, 0);
    assertThat(metadata.keys())
        .containsExactly("general.architecture", "text", "yes", "texts", "flags");
  }

  @Test
  void whatIsAbsentIsEmpty() throws ModelFormatException {
    Metadata metadata = read(new GgufBytes());

    assertThat(metadata.string("k")).isEmpty();
    assertThat(metadata.integer("k")).isEmpty();
    assertThat(metadata.number("k")).isEmpty();
    assertThat(metadata.bool("k")).isEmpty();
    assertThat(metadata.strings("k")).isEmpty();
    assertThat(metadata.integers("k")).isEmpty();
    assertThat(metadata.numbers("k")).isEmpty();
  }

  @Test
  void whatIsRequiredButAbsentIsNamed() throws ModelFormatException {
    Metadata metadata = read(new GgufBytes());

    assertRefused(() -> metadata.requireString("k"), "k", "a string, found none");
    assertRefused(() -> metadata.requireIntegers("k"), "k", "an array of whole numbers");
  }

  @Test
  void aValueOfAnotherTypeIsNamedWithWhatItIs() throws ModelFormatException {
    Metadata metadata =
        read(
            new GgufBytes()
                .key("text", "four")
                .key("real", FLOAT32, 0)
                .key("flag", BOOL, 1)
                .array("reals", FLOAT32, 0, 0)
                .array("texts", "a"));

    assertRefused(
        () -> metadata.integer("text"),
        "text",
        "a whole number below 2^63, found the string \"four\"");
    assertRefused(() -> metadata.integer("real"), "real", "found the number 0.0");
    assertRefused(() -> metadata.number("flag"), "flag", "a number, found the boolean true");
    assertRefused(() -> metadata.integers("reals"), "reals", "found an array of 2 FLOAT32");
    assertRefused(() -> metadata.string("texts"), "texts", "a string, found an array of 1 strings");
  }

  private static Metadata read(GgufBytes file) throws ModelFormatException {
    Mapping mapping = new Mapping(Path.of("small.gguf"), MemorySegment.ofArray(file.toBytes()));
    return new GgufReader(mapping).metadata();
  }

  private static void assertRefused(ThrowingCallable reading, String key, String problem) {
    assertThatThrownBy(reading)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("small.gguf: " + key + ": expected ")
        .hasMessageContaining(problem);
  }
}
