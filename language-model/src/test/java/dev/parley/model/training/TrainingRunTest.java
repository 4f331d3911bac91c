package dev.parley.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.model.ModelException;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of a tiny network on made-up rows. */
class TrainingRunTest {
  private static final LoraOptions LORA = new LoraOptions(4, 8, 0.2, Set.of(), 1);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(3, 4, 10_000, 1e-2, 0.1, AdamW.Options.USUAL, 7);

  private final List<EncodedExample> rows =
      IntStream.range(0, 10).mapToObj(TrainingRunTest::row).toList();

  @TempDir private Path folder;

  @Test
  void whatIsTrainedOnIsLearned() throws IOException {
    try (TinyNetwork tiny = TinyNetwork.full()) {
      TrainingRun<EncodedExample> run = supervised(tiny.network(), OPTIONS);
      double before = figure(run, rows, "loss");
      List<TrainingStep> steps = new ArrayList<>();

      boolean ended = run.run(steps::add);

      assertThat(ended).isTrue();
      assertThat(steps).hasSize(9).last().returns(9, TrainingStep::number);
      assertThat(figure(run, rows, "loss")).isLessThan(before - 1);
    }
  }

  /** Weights and what the optimizer remembers stay fp32: small steps are not rounded away. */
  @Test
  void whatIsComputedInHalfPrecisionIsLearnedAlmostAsWell() throws IOException {
    double exact;
    double half;
    Map<String, float[]> before;
    try (TinyNetwork tiny = TinyNetwork.full()) {
      before = weights(tiny.network());
      TrainingRun<EncodedExample> run = supervised(tiny.network(), OPTIONS);
      run.run(step -> true);
      exact = figure(run, rows, "loss");
    }
    try (TinyNetwork tiny = TinyNetwork.halfPrecision()) {
      assertThat(weights(tiny.network())).usingRecursiveComparison().isEqualTo(before);
      TrainingRun<EncodedExample> run = supervised(tiny.network(), OPTIONS);
      run.run(step -> true);
      half = figure(run, rows, "loss");
    }
    assertThat(half).isNotEqualTo(exact).isCloseTo(exact, within(0.1));
  }

  /** Dropout too: every bit is the same. */
  @Test
  void aRunThatStopsAnywhereGoesOnToTheSameNumbers() throws IOException {
    Map<String, float[]> whole;
    try (TinyNetwork tiny = TinyNetwork.lora(LORA)) {
      supervised(tiny.network(), OPTIONS).run(step -> true);
      whole = weights(tiny.network());
    }
    for (int stop : new int[] {1, 5, 8}) {
      Path file = folder.resolve("stopped-" + stop);
      try (TinyNetwork tiny = TinyNetwork.lora(LORA)) {
        TrainingRun<EncodedExample> run = supervised(tiny.network(), OPTIONS);
        assertThat(run.resume(file, "run")).isFalse();
        assertThat(run.run(step -> step.number() < stop)).isFalse();
        run.save(file, "run");
      }
      try (TinyNetwork tiny = TinyNetwork.lora(LORA)) {
        TrainingRun<EncodedExample> run = supervised(tiny.network(), OPTIONS);
        assertThat(run.resume(file, "run")).isTrue();
        assertThat(run.done()).isEqualTo(stop);
        assertThat(run.run(step -> true)).isTrue();

        assertThat(weights(tiny.network()))
            .allSatisfy((name, values) -> assertThat(values).containsExactly(whole.get(name)));
      }
    }
  }

  @Test
  void gradientsThatAreAddedUpAreThoseOfTheWholeBatch() throws IOException {
    Map<String, float[]> whole;
    try (TinyNetwork tiny = TinyNetwork.full()) {
      supervised(tiny.network(), OPTIONS).run(step -> step.number() < 2);
      whole = weights(tiny.network());
    }
    TrainingOptions oneByOne = new TrainingOptions(3, 4, 1, 1e-2, 0.1, AdamW.Options.USUAL, 7);
    try (TinyNetwork tiny = TinyNetwork.full()) {
      supervised(tiny.network(), oneByOne).run(step -> step.number() < 2);

      assertThat(weights(tiny.network()))
          .allSatisfy(
              (name, values) -> assertThat(values).containsExactly(whole.get(name), within(1e-3f)));
    }
  }

  @Test
  void anotherRunsFileIsRefused() throws IOException {
    Path file = folder.resolve("run");
    try (TinyNetwork tiny = TinyNetwork.full()) {
      TrainingRun<EncodedExample> run = supervised(tiny.network(), OPTIONS);
      run.save(file, "one");

      assertThatThrownBy(() -> run.resume(file, "two"))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("is of another run");
      assertThat(folder)
          .isDirectoryContaining(file::equals)
          .isDirectoryNotContaining("glob:**.part");
    }
  }

  private static Stream<Reading> readings() {
    return Stream.of(
        Reading.WHOLE, new Reading(0, 12, false, false), new Reading(0, 0, true, true));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void aRewardModelPutsWhatWasPreferredFirst(Reading reading) throws IOException {
    List<EncodedPreference> pairs = pairs();
    try (TinyNetwork tiny = TinyNetwork.full()) {
      RewardModel reward = new RewardModel(tiny.network(), reading, 0, 1);
      TrainingRun<EncodedPreference> run =
          new TrainingRun<>(tiny.network(), reward, pairs, OPTIONS);

      run.run(step -> true);

      Map<String, Double> figures = run.evaluate(pairs);
      assertThat(figures).containsEntry("accuracy", 1.0).containsEntry("longer wins", 0.0);
      assertThat(figure(run, pairs, "loss")).isLessThan(0.2);
    }
  }

  @ParameterizedTest
  @MethodSource("readings")
  void aRewardModelBeginsWithWhatCanBeSaidWithoutLearning(Reading reading) throws IOException {
    List<EncodedPreference> pairs = pairs();
    try (TinyNetwork tiny = TinyNetwork.full()) {
      RewardModel reward = new RewardModel(tiny.network(), reading, 0, 1);

      reward.begin(pairs);

      assertThat(reward.evaluate(pairs)).containsEntry("accuracy", 1.0);
      assertThat(reward.evaluate(pairs).get("loss")).isLessThan(Math.log(2));
    }
  }

  @ParameterizedTest
  @MethodSource("readings")
  void anAnswerThatIsInSeveralPairsCountsInEachOfThem(Reading reading) throws IOException {
    EncodedExample best = row(1);
    EncodedExample middle = row(2);
    EncodedExample worst = row(3);
    List<EncodedPreference> ranked =
        List.of(
            new EncodedPreference(best, middle),
            new EncodedPreference(best, worst),
            new EncodedPreference(middle, worst));
    try (TinyNetwork tiny = TinyNetwork.full()) {
      RewardModel reward = new RewardModel(tiny.network(), reading, 0, 1);

      double loss = reward.learn(ranked, 1);

      double[] scores = reward.score(List.of(best, middle, worst));
      double expected =
          (lost(scores[0] - scores[1]) + lost(scores[0] - scores[2]) + lost(scores[1] - scores[2]))
              / 3;
      assertThat(loss).isCloseTo(expected, within(1e-5));
    }
  }

  private static double lost(double lead) {
    return Math.log1p(Math.exp(-lead));
  }

  @Test
  void preferencesAreLearnedWithoutARewardModel() throws IOException {
    List<EncodedPreference> pairs = pairs();
    try (TinyNetwork tiny = TinyNetwork.full()) {
      PreferenceOptimization objective = new PreferenceOptimization(tiny.network(), pairs, 0.1);
      TrainingRun<EncodedPreference> run =
          new TrainingRun<>(tiny.network(), objective, pairs, OPTIONS);
      assertThat(figure(run, pairs, "loss")).isCloseTo(Math.log(2), within(1e-3));

      run.run(step -> true);

      assertThat(run.evaluate(pairs)).containsEntry("accuracy", 1.0);
    }
  }

  private TrainingRun<EncodedExample> supervised(
      TrainableTransformer network, TrainingOptions options) {
    return new TrainingRun<>(network, new SupervisedFineTuning(network), rows, options);
  }

  private static <R> double figure(TrainingRun<R> run, List<R> rows, String name) {
    return Objects.requireNonNull(run.evaluate(rows).get(name), name);
  }

  private static Map<String, float[]> weights(TrainableTransformer network) {
    Map<String, float[]> weights = new TreeMap<>();
    network.trained().forEach((name, array) -> weights.put(name, array.toFloatArray()));
    return weights;
  }

  private static EncodedExample row(int seed) {
    Random random = new Random(seed);
    int[] ids = random.ints(random.nextInt(8, 24), 3, 512).toArray();
    boolean[] trained = new boolean[ids.length];
    IntStream.range(ids.length / 2, ids.length).forEach(i -> trained[i] = true);
    return new EncodedExample(ids, trained, false);
  }

  private static List<EncodedPreference> pairs() {
    return IntStream.range(0, 8)
        .mapToObj(i -> new EncodedPreference(row(i), row(100 + i)))
        .map(pair -> shorterFirst(pair.chosen(), pair.rejected()))
        .toList();
  }

  private static EncodedPreference shorterFirst(EncodedExample one, EncodedExample other) {
    return one.length() <= other.length()
        ? new EncodedPreference(one, other)
        : new EncodedPreference(other, one);
  }
}
