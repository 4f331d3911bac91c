package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.Goldens;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One slot, so that every conversation takes it from another one. */
class PrefixCacheTest {
  private static final long PLENTY = 100_000_000;

  /** Of a conversation here: 150 tokens and some. */
  private static final long BYTES_OF_ONE = 200 * 768;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"FP16", "BF16", "FP32"})
  void aConversationThatLostItsSlotGoesOnWhereItWas(Weights weights) throws IOException {
    try (LocalModel model = load(new PrefixCacheOptions(PLENTY, Optional.empty(), 0), weights)) {
      GenerationResult first = ask(model, "tides", OptionalLong.empty());
      ask(model, "stars", OptionalLong.empty());

      GenerationResult again = ask(model, "tides", OptionalLong.empty());

      assertThat(again.cachedTokens()).isEqualTo(first.promptTokens() - 1);
      assertThat(again.text()).isEqualTo(first.text());
    }
  }

  @Test
  void aSeededAnswerIsTheSameFromMemoryFromDiskAndComputed() throws IOException {
    String computed;
    try (LocalModel model = load(PrefixCacheOptions.NONE, Weights.FP16)) {
      computed = ask(model, "tides", OptionalLong.of(7)).text();
    }
    try (LocalModel model = load(disk(PLENTY), Weights.FP16)) {
      ask(model, "tides", OptionalLong.empty());
      ask(model, "stars", OptionalLong.empty());
      GenerationResult again = ask(model, "tides", OptionalLong.of(7));
      assertThat(again.text()).isEqualTo(computed);
      assertThat(again.cachedTokens()).isPositive();
    }
    try (LocalModel model = load(disk(PLENTY), Weights.FP16)) {
      GenerationResult again = ask(model, "tides", OptionalLong.of(7));
      assertThat(again.text()).isEqualTo(computed);
      assertThat(again.cachedTokens()).isPositive();
    }
  }

  @Test
  void afterARestartAConversationGoesOnFromTheDisk() throws IOException {
    GenerationResult first;
    try (LocalModel model = load(disk(PLENTY), Weights.FP16)) {
      first = ask(model, "tides", OptionalLong.empty());
      ask(model, "stars", OptionalLong.empty());
    }
    try (LocalModel model = load(disk(PLENTY), Weights.FP16)) {
      for (String word : List.of("tides", "stars")) {
        GenerationResult again = ask(model, word, OptionalLong.empty());
        assertThat(again.cachedTokens()).isEqualTo(again.promptTokens() - 1);
      }
      assertThat(ask(model, "tides", OptionalLong.empty()).text()).isEqualTo(first.text());
    }
  }

  @Test
  void whatMemoryHasNoRoomForIsOnTheDisk() throws IOException {
    try (LocalModel model =
        load(new PrefixCacheOptions(BYTES_OF_ONE, Optional.of(folder), PLENTY), Weights.FP16)) {
      List<String> words = List.of("tides", "stars", "winds", "rocks");
      for (String word : words) {
        ask(model, word, OptionalLong.empty());
      }
      while (files().size() < words.size() - 2) { // one is in the slot, one in memory
        Thread.onSpinWait();
      }
      for (String word : words.subList(0, 2)) {
        GenerationResult again = ask(model, word, OptionalLong.empty());
        assertThat(again.cachedTokens()).isEqualTo(again.promptTokens() - 1);
      }
    }
  }

  @Test
  void whatIsForgottenIsNowhereAndReadAnew() throws IOException {
    try (LocalModel model =
        load(new PrefixCacheOptions(BYTES_OF_ONE, Optional.of(folder), PLENTY), Weights.FP16)) {
      List<String> words = List.of("tides", "stars", "winds"); // in the slot, in memory, on disk
      String first = ask(model, "tides", OptionalLong.empty()).text();
      words.forEach(word -> ask(model, word, OptionalLong.empty()));

      model.forget();

      assertThat(files()).isEmpty();
      GenerationResult again = ask(model, "tides", OptionalLong.empty());
      assertThat(again.cachedTokens()).isZero();
      assertThat(again.text()).isEqualTo(first);
      assertThat(ask(model, "stars", OptionalLong.empty()).cachedTokens())
          .isLessThan(again.promptTokens() / 2);
    }
  }

  @Test
  void theDiskHoldsNoMoreThanItsLimit() throws IOException {
    long limit = 2 * BYTES_OF_ONE;
    for (int round = 0; round < 3; round++) {
      try (LocalModel model =
          load(new PrefixCacheOptions(PLENTY, Optional.of(folder), limit), Weights.FP16)) {
        for (String word : List.of("tides", "stars", "winds", "rocks")) {
          ask(model, word, OptionalLong.empty());
        }
      }
      long bytes = 0;
      for (Path file : files()) {
        bytes += Files.size(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
      assertThat(bytes).isPositive().isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void filesOfAnotherModelOrBrokenOnesAreDeletedAndNothingElse() throws IOException {
    try (LocalModel model = load(disk(PLENTY), Weights.FP16)) {
      ask(model, "tides", OptionalLong.empty());
    }
    Path whole = files().getFirst();
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("short.kv"), Arrays.copyOf(bytes, bytes.length - 8));
    Files.write(folder.resolve("empty.kv"), new byte[0]);
    Files.write(folder.resolve("left.part"), new byte[5]);
    Path foreign = Files.write(folder.resolve("notes.txt"), new byte[5]);

    load(disk(PLENTY), Weights.FP16).close();
    assertThat(files()).containsExactly(whole);

    load(disk(PLENTY), Weights.FP32).close();
    assertThat(files()).isEmpty();
    assertThat(foreign).exists();
  }

  /** It is as if nothing had been kept. */
  @Test
  void aFolderThatCannotBeUsedStopsNobody() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    PrefixCacheOptions options = new PrefixCacheOptions(PLENTY, Optional.of(file), PLENTY);
    try (LocalModel model = load(options, Weights.FP16)) {
      ask(model, "tides", OptionalLong.empty());
      ask(model, "stars", OptionalLong.empty());
      assertThat(ask(model, "tides", OptionalLong.empty()).cachedTokens()).isPositive();
    }
  }

  private PrefixCacheOptions disk(long bytes) {
    return new PrefixCacheOptions(PLENTY, Optional.of(folder), bytes);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = new ArrayList<>(files.filter(SnapshotFile::isOne).toList());
      found.removeIf(path -> path.toString().endsWith(".part"));
      return found;
    }
  }

  private static LocalModel load(PrefixCacheOptions options, Weights weights) throws IOException {
    return LocalModel.load(
        Goldens.path("tiny/llama-tied.F32.gguf"),
        LocalModelOptions.DEFAULT.withSlots(1, 512).withWeights(weights).withPrefixCache(options));
  }

  /** A question that begins like no other. */
  private static GenerationResult ask(LocalModel model, String word, OptionalLong seed) {
    SamplingOptions greedy = SamplingOptions.GREEDY;
    SamplingOptions sampling =
        seed.isPresent() ? greedy.withTemperature(1).withSeed(seed.getAsLong()) : greedy;
    return model
        .generate(
            List.of(ChatMessage.user((word + " ").repeat(24))),
            GenerationOptions.of(20, sampling),
            TextListener.NONE)
        .result()
        .join();
  }
}
