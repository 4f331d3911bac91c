package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.Goldens;
import dev.parley.model.transformer.Footprint;
import dev.parley.model.transformer.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final Path TINY = Goldens.path("tiny/llama-tied.F32.gguf");
  private static final long CONVERSATION = 100 * 2 * 3 * 32 * 4L;

  @Test
  void everythingThatIsThereAtTheSameTimeIsAddedUp() throws IOException {
    MemoryNeed need = MemoryNeed.of(TINY, options(PrefixCacheOptions.NONE));
    Footprint network = need.network();

    assertThat(need.program()).isEqualTo(260_000_000 + 512 * 1_400);
    assertThat(need.besideCache()).isEqualTo(need.program() + network.weights());
    assertThat(need.toLoad()).isEqualTo(need.besideCache() + network.loading());
    assertThat(need.full())
        .isEqualTo(need.besideCache() + network.embedding() + network.step() + network.cache());
    assertThat(need.most()).isEqualTo(need.full());
  }

  @Test
  void conversationsOnTheirWayToTheDiskAreInMemoryToo() throws IOException {
    Optional<Path> folder = Optional.of(Path.of("idle"));

    assertThat(idle(new PrefixCacheOptions(1_000_000, Optional.empty(), 0))).isEqualTo(1_000_000);
    assertThat(idle(new PrefixCacheOptions(1_000_000, folder, 0))).isEqualTo(1_000_000);
    assertThat(idle(new PrefixCacheOptions(1_000_000, folder, 1_000_000)))
        .isEqualTo(1_000_000 + 4 * CONVERSATION);
    assertThat(idle(new PrefixCacheOptions(1_000, folder, 1_000_000))).isEqualTo(5_000);
  }

  @Test
  void aLoadedModelTellsTheSame() throws IOException {
    LocalModelOptions options = options(PrefixCacheOptions.NONE);
    try (LocalModel model = LocalModel.load(TINY, options)) {
      assertThat(model.memoryNeed()).isEqualTo(MemoryNeed.of(TINY, options));
    }
  }

  @Test
  void theContextLengthBoundsALengthThatIsNotSaid() throws IOException {
    MemoryNeed need =
        MemoryNeed.of(TINY, options(OptionalInt.empty(), 70, PrefixCacheOptions.NONE));

    assertThat(need.network().cache()).isEqualTo(need.network().cachePerToken() * 4 * 70);
  }

  private static long idle(PrefixCacheOptions prefixes) throws IOException {
    return MemoryNeed.of(TINY, options(prefixes)).idle();
  }

  private static LocalModelOptions options(PrefixCacheOptions prefixes) {
    return options(OptionalInt.of(100), Integer.MAX_VALUE, prefixes);
  }

  private static LocalModelOptions options(
      OptionalInt slotLength, int contextLength, PrefixCacheOptions prefixes) {
    return new LocalModelOptions(
        Optional.of(Processor.CPU),
        Optional.empty(),
        OptionalInt.of(4),
        slotLength,
        contextLength,
        prefixes,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
