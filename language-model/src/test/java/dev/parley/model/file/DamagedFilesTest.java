package dev.parley.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever happened to a file: it is refused in one sentence, or every tensor of it can be read.
 */
class DamagedFilesTest {
  private static final byte[] GGUF =
      new GgufBytes()
          .key("general.alignment", ValueType.UINT32, 32)
          .key("llama.rope.freq_base", ValueType.FLOAT32, 0x47c35000)
          .key("tokenizer.ggml.add_bos_token", ValueType.BOOL, 1)
          .array("tokenizer.ggml.tokens", "a", "Ġb", "")
          .array("tokenizer.ggml.token_type", ValueType.INT32, 1, 1, 3)
          .tensor("norm", new long[] {3}, 1, 2, 3)
          .tensor("embedding", 3, new long[] {2, 32}, new byte[40])
          .toBytes();

  private static final byte[] SAFETENSORS =
      SafetensorsBytes.file(
          """
          {"__metadata__":{"format":"pt"},
           "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
           "b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]}}\
          """,
          32);

  /** Bytes put over others, then the length of what is left. */
  record Damage(List<Integer> places, List<Byte> values, int length) {
    byte[] to(byte[] file) {
      byte[] damaged = file.clone();
      for (int i = 0; i < places.size(); i++) {
        damaged[places.get(i) % file.length] = values.get(i);
      }
      return Arrays.copyOf(damaged, Math.min(length, file.length));
    }
  }

  @Provide
  Arbitrary<Damage> damage() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 10_000);
    Arbitrary<Byte> values =
        Arbitraries.oneOf(
            Arbitraries.bytes(), Arbitraries.of((byte) 0, (byte) 1, (byte) 9, (byte) -1));
    Arbitrary<Integer> whole = Arbitraries.just(Integer.MAX_VALUE);
    Arbitrary<Integer> cut = Arbitraries.integers().between(0, 600);
    return Combinators.combine(
            places.list().ofMinSize(0).ofMaxSize(4),
            values.list().ofSize(4),
            Arbitraries.frequencyOf(Tuple.of(4, whole), Tuple.of(1, cut)))
        .as(Damage::new);
  }

  @Property(tries = 2_000)
  void aDamagedGgufFileIsRefusedOrWhole(@ForAll("damage") Damage damage) {
    Mapping mapping = mapping(damage.to(GGUF));
    try {
      GgufReader reader = new GgufReader(mapping);
      assertReadable(reader.tensors().values());
      assertThat(reader.metadata().keys()).contains("general.architecture");
    } catch (ModelFormatException e) {
      assertOneSentence(e);
    }
  }

  @Property(tries = 2_000)
  void aDamagedSafetensorsFileIsRefusedOrWhole(@ForAll("damage") Damage damage) {
    Mapping mapping = mapping(damage.to(SAFETENSORS));
    try {
      assertReadable(new SafetensorsReader(mapping).weights().values());
    } catch (ModelFormatException e) {
      assertOneSentence(e);
    }
  }

  private static Mapping mapping(byte[] bytes) {
    return new Mapping(Path.of("damaged"), MemorySegment.ofArray(bytes));
  }

  private static void assertReadable(Collection<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      FloatBuffer values = FloatBuffer.allocate((int) tensor.elements());
      tensor.readFloats(values);
      assertThat(values.hasRemaining()).isFalse();
    }
  }

  private static void assertOneSentence(ModelFormatException e) {
    assertThat(e.getMessage()).startsWith("damaged: ").contains(": expected ").doesNotContain("\n");
  }
}
