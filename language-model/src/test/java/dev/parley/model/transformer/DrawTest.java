package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.Goldens;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.file.GgufFile;
import dev.parley.model.sampling.Draws;
import dev.parley.model.sampling.Sampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The script draws what {@link Sampler} draws with the same numbers. */
class DrawTest {
  private static final int ROUNDS = 500;
  private static final int ROWS = 8;

  private static GgufFile file;
  private static Transformer transformer;
  private static int vocabulary;

  @BeforeAll
  static void load() throws IOException {
    file = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"));
    transformer =
        Transformer.load(Checkpoint.of(file), MemoryPlan.onCpu(Weights.FP32, 1, 64).asBatched());
    vocabulary = transformer.vocabulary();
  }

  @AfterAll
  static void close() {
    transformer.close();
    file.close();
  }

  /**
   * A number may fall between two tokens by rounding, and a token may just miss a threshold: of
   * 4,000 draws none did when this was written, and two would still be chance.
   */
  @Test
  void theSameNumberDrawsTheSameToken() {
    Random random = new Random(4_711);
    int different = 0;
    for (int round = 0; round < ROUNDS; round++) {
      float[] logits = logits(random, ROWS);
      List<Sampler> here = new ArrayList<>();
      List<Sampler> there = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        SamplingOptions options = options(random);
        long history = random.nextLong();
        here.add(sampler(options, history));
        there.add(sampler(options, history));
      }
      int[] found = transformer.draw(logits, new Draws(there, vocabulary));
      for (int row = 0; row < ROWS; row++) {
        if (here.get(row).next(logits, row * vocabulary, vocabulary) != found[row]) {
          different++;
        }
      }
    }
    assertThat(different).isLessThanOrEqualTo(2);
  }

  @Test
  void greedyTakesTheFirstOfTheBest() {
    float[] logits = new float[2 * vocabulary];
    logits[7] = 3;
    logits[9] = 3;
    logits[vocabulary + 5] = 1;

    assertThat(transformer.draw(logits, draws(SamplingOptions.GREEDY, SamplingOptions.GREEDY)))
        .containsExactly(7, 5);
  }

  @Test
  void logitsThatAreNoNumbersAreToldOfTheirRowAlone() {
    SamplingOptions warm = SamplingOptions.GREEDY.withTemperature(1);
    for (float damaged : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] logits = new float[3 * vocabulary];
      logits[3] = 9;
      logits[vocabulary + 100] = damaged;
      logits[2 * vocabulary + 4] = 90;

      int[] found = transformer.draw(logits, draws(SamplingOptions.GREEDY, warm, warm));

      assertThat(found).containsExactly(3, Draws.NOT_A_NUMBER, 4);
      assertThatThrownBy(() -> Draws.checked(found[1]))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("not a number");
    }
  }

  private static Draws draws(SamplingOptions... options) {
    return new Draws(Arrays.stream(options).map(each -> new Sampler(each, 1)).toList(), vocabulary);
  }

  /** From flat to steep. */
  private static float[] logits(Random random, int rows) {
    float[] logits = new float[rows * vocabulary];
    for (int row = 0; row < rows; row++) {
      double steep = 0.1 + random.nextDouble() * 8;
      for (int i = 0; i < vocabulary; i++) {
        logits[row * vocabulary + i] = (float) (random.nextGaussian() * steep);
      }
    }
    return logits;
  }

  private static SamplingOptions options(Random random) {
    return new SamplingOptions(
        random.nextInt(5) == 0 ? 0 : 0.05 + random.nextDouble() * 2,
        random.nextBoolean() ? 0 : 1 + random.nextInt(600),
        random.nextBoolean() ? 1 : 0.05 + random.nextDouble() * 0.95,
        random.nextBoolean() ? 0 : random.nextDouble() * 0.3,
        random.nextBoolean() ? 1 : 1 + random.nextDouble(),
        random.nextBoolean() ? 0 : random.nextDouble() * 2,
        OptionalLong.of(random.nextLong()));
  }

  private static Sampler sampler(SamplingOptions options, long history) {
    Random random = new Random(history);
    Sampler sampler = new Sampler(options, 0);
    for (int i = random.nextInt(40); i > 0; i--) {
      sampler.saw(random.nextInt(vocabulary));
    }
    for (int i = random.nextInt(40); i > 0; i--) {
      sampler.drew(random.nextInt(60));
    }
    return sampler;
  }
}
