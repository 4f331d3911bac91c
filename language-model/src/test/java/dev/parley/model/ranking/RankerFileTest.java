package dev.parley.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankerFileTest {
  private static final RankerOptions SMALL =
      new RankerOptions(1, 16, 1e-2, 0, 0, 4, 4, 1, 2, 200, 1);
  private static final Ranker RANKER =
      new RankerTraining(
              List.of(
                  Dialogue.of("你好嗎？", "我很好 😀", "good \uD83D day"),
                  Dialogue.of("你好 😀", "good \uD83D day")),
              SMALL)
          .train((epoch, epochs, loss) -> true);
  private static final List<String> TURNS = List.of("你好", "good");
  private static final List<String> REPLIES = List.of("我很好", "day", "😀", "");

  @TempDir private Path directory;

  @Test
  void whatWasSavedScoresTheSame() throws IOException {
    Path file = directory.resolve("ranker.safetensors");

    RANKER.save(file);
    RANKER.save(file);

    assertThat(Ranker.load(file).score(TURNS, REPLIES)).isEqualTo(RANKER.score(TURNS, REPLIES));
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aShorterFileIsRefused() throws IOException {
    Path file = directory.resolve("ranker.safetensors");
    RANKER.save(file);
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length += 1 + length / 50) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(ModelFormatException.class).isThrownBy(() -> Ranker.load(file));
    }
  }

  @Test
  void aDamagedFileIsRefusedOrScores() throws IOException {
    Path file = directory.resolve("ranker.safetensors");
    RANKER.save(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);

    for (int i = 0; i < 1_000; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 3; k++) {
        damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        assertThat(Ranker.load(file).score(TURNS, REPLIES)).hasSize(REPLIES.size());
      } catch (ModelFormatException expected) {
        assertThat(expected).hasMessageStartingWith("ranker.safetensors: ");
      }
    }
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = directory.resolve("other.safetensors");
    try (MemoryTensors tensors = new MemoryTensors(file)) {
      tensors.add("a", new long[] {1}, target -> target.put(1));
      SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    }

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Ranker.load(file))
        .withMessage("other.safetensors: format: expected parley-ranker-1, found pt");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Ranker.load(directory.resolve("none")));
  }
}
