package dev.parley.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.transformer.TokenBatch;
import dev.parley.model.transformer.TrainableTransformer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network that says how good an answer is, by one number. It learns from pairs, of which one was
 * preferred (Ouyang et al. 2022, section 3.5): answers to the same prompt are learned from
 * together, and an answer that is in several pairs is read once for all of them.
 */
public final class RewardModel implements Objective<EncodedPreference> {
  /** What its head is called among the trained weights. */
  public static final String HEAD = "reward";

  /** What the weights of an answer's surface are called. */
  public static final String SURFACE = "surface";

  /** As if what the network says were only so sure; chosen by held-out pairs, see ARCHITECTURE. */
  private static final float STATES_RIDGE = 100;

  /** There are few of these, and all are of use. */
  private static final float SURFACE_RIDGE = 0.1f;

  /** So that nothing is divided by 0. */
  private static final float TINY = 1e-12f;

  private final TrainableTransformer network;
  private final Reading reading;
  private final double margin;
  private final NDArray head;
  private final Optional<NDArray> surface;

  /** What was measured since it last learned. */
  private @Nullable Measured measured;

  private record Measured(List<EncodedPreference> rows, RewardAccuracy accuracy) {}

  /**
   * What is beside the network.
   *
   * @param head one for each unit of the network's width
   * @param surface one for each figure of an answer's surface; none where it does not count
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  public record Head(float[] head, float[] surface) {}

  /**
   * Puts a head on a network.
   *
   * @param network with as many layers as the reading says
   * @param margin by how much better answers are to lead
   * @param seed of the head's first values
   */
  public RewardModel(TrainableTransformer network, Reading reading, double margin, long seed) {
    this(
        network,
        reading,
        margin,
        new Head(small(network.width(), seed), new float[figures(reading)]));
  }

  private RewardModel(TrainableTransformer network, Reading reading, double margin, Head head) {
    if (head.head.length != network.width() || head.surface.length != figures(reading)) {
      throw new IllegalArgumentException(
          "it has %,d and %d numbers, and the network's width is %,d, the figures of a surface %d"
              .formatted(head.head.length, head.surface.length, network.width(), figures(reading)));
    }
    this.network = network;
    this.reading = reading;
    this.margin = margin;
    this.head = network.addVector(HEAD, head.head);
    this.surface =
        reading.surface()
            ? Optional.of(network.addVector(SURFACE, head.surface))
            : Optional.empty();
  }

  private static int figures(Reading reading) {
    return reading.surface() ? Surface.FIGURES : 0;
  }

  /**
   * One that was trained before.
   *
   * @param head as {@link #head()} gave it
   * @throws IllegalArgumentException where it belongs to another network
   */
  public static RewardModel trained(TrainableTransformer network, Reading reading, Head head) {
    return new RewardModel(network, reading, 0, head);
  }

  private static float[] small(int width, long seed) {
    Random random = new Random(seed);
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] = (float) (random.nextGaussian() / (width + 1)); // as Stiennon et al. 2020 have it
    }
    return values;
  }

  /** The head's values as they are now. */
  public Head head() {
    return new Head(
        head.toFloatArray(), surface.map(NDArray::toFloatArray).orElseGet(() -> new float[0]));
  }

  /**
   * Lets it begin where a linear model gets to of what the network says untrained: a network that
   * learns beside a head that knows nothing loses what it knew (Kumar et al. 2022). Reads all rows.
   *
   * @param rows to learn from
   */
  public void begin(List<EncodedPreference> rows) {
    Map<IntBuffer, float[]> known = new HashMap<>();
    Function<EncodedExample, float[]> said =
        answer -> known.computeIfAbsent(IntBuffer.wrap(answer.ids()), ids -> said(answer));
    float[][] differences =
        rows.stream()
            .map(row -> difference(said.apply(row.chosen()), said.apply(row.rejected())))
            .toArray(float[][]::new);
    float[] ridges = new float[network.width() + figures(reading)];
    Arrays.fill(ridges, 0, network.width(), STATES_RIDGE);
    Arrays.fill(ridges, network.width(), ridges.length, SURFACE_RIDGE);
    try (NDManager step = network.newManager()) {
      float[] weights = PairwiseRegression.fit(step, differences, ridges);
      network.assign(head, Arrays.copyOf(weights, network.width()));
      surface.ifPresent(
          array ->
              network.assign(array, Arrays.copyOfRange(weights, network.width(), weights.length)));
    }
  }

  /** All that a score is made of. */
  private float[] said(EncodedExample answer) {
    try (NDManager step = network.newManager()) {
      float[] states = states(step, List.of(answer)).toFloatArray();
      float[] all = Arrays.copyOf(states, network.width() + figures(reading));
      if (reading.surface()) {
        System.arraycopy(Surface.of(answer), 0, all, network.width(), Surface.FIGURES);
      }
      return all;
    }
  }

  private static float[] difference(float[] better, float[] worse) {
    float[] difference = better.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= worse[i];
    }
    return difference;
  }

  @Override
  public int tokens(EncodedPreference row) {
    return reading.tokens(row);
  }

  @Override
  public int weight(EncodedPreference row) {
    return 1;
  }

  /** The prompt: its pairs are one step's, or they are learned by heart. */
  @Override
  public Object group(EncodedPreference row) {
    return row.prompt();
  }

  @Override
  public double learn(List<EncodedPreference> rows, double share) {
    measured = null;
    Map<IntBuffer, Integer> places = new LinkedHashMap<>();
    List<EncodedExample> answers = new ArrayList<>();
    Function<EncodedExample, Integer> place =
        answer ->
            places.computeIfAbsent(
                IntBuffer.wrap(answer.ids()),
                ids -> {
                  answers.add(answer);
                  return answers.size() - 1;
                });
    List<Integer> chosen = rows.stream().map(EncodedPreference::chosen).map(place).toList();
    List<Integer> rejected = rows.stream().map(EncodedPreference::rejected).map(place).toList();
    return network.learn(
        step -> {
          NDArray scores = scores(step, answers);
          NDArray better = choice(step, chosen, answers.size()).matMul(scores);
          NDArray worse = choice(step, rejected, answers.size()).matMul(scores);
          return Losses.pairwise(better, worse, margin);
        },
        share);
  }

  /** One where a row's place is {@code [rows, of]}. */
  private static NDArray choice(NDManager step, List<Integer> places, int of) {
    float[] ones = new float[places.size() * of];
    for (int i = 0; i < places.size(); i++) {
      ones[i * of + places.get(i)] = 1;
    }
    return step.create(ones, new Shape(places.size(), of));
  }

  /** Of each answer {@code [answers]}. */
  private NDArray scores(NDManager step, List<EncodedExample> answers) {
    NDArray scores = states(step, answers).matMul(head);
    return surface
        .map(weights -> scores.add(figures(step, answers).matMul(weights)))
        .orElse(scores);
  }

  /** {@code [answers, figures]}. */
  private static NDArray figures(NDManager step, List<EncodedExample> answers) {
    float[] figures = new float[answers.size() * Surface.FIGURES];
    for (int i = 0; i < answers.size(); i++) {
      System.arraycopy(
          Surface.of(answers.get(i)), 0, figures, i * Surface.FIGURES, Surface.FIGURES);
    }
    return step.create(figures, new Shape(answers.size(), Surface.FIGURES));
  }

  /** What the network says of each answer {@code [answers, width]}. */
  private NDArray states(NDManager step, List<EncodedExample> answers) {
    List<EncodedExample> read = answers.stream().map(reading::of).toList();
    List<int[]> ids = read.stream().map(EncodedExample::ids).toList();
    return reading.mean()
        ? means(step, TokenBatch.at(ids, read.stream().map(EncodedExample::trained).toList()))
        : network.hidden(step, TokenBatch.ofEnds(ids));
  }

  /** Of what flows out of the last layer, brought to one length. */
  private NDArray means(NDManager step, TokenBatch batch) {
    NDArray membership = step.create(batch.membership(), new Shape(batch.size(), batch.rowCount()));
    NDArray sums = membership.matMul(network.states(step, batch, network.layers()));
    NDArray length = sums.square().mean(new int[] {1}, true).add(TINY).sqrt();
    return sums.div(length);
  }

  /** The score of each answer. */
  public double[] score(List<EncodedExample> answers) {
    double[] scores = new double[answers.size()];
    for (int i = 0; i < scores.length; i++) {
      List<EncodedExample> one = List.of(answers.get(i));
      scores[i] = network.evaluate(step -> scores(step, one));
    }
    return scores;
  }

  /** How often and by how much the preferred answer leads, also where neither is much longer. */
  @Override
  public Map<String, Double> evaluate(List<EncodedPreference> rows) {
    return accuracy(rows).figures();
  }

  /** As {@link #evaluate}, with each pair's scores; known where it was asked for just before. */
  public RewardAccuracy accuracy(List<EncodedPreference> rows) {
    Measured last = measured;
    if (last == null || !last.rows.equals(rows)) {
      last = new Measured(rows, measure(rows));
      measured = last;
    }
    return last.accuracy;
  }

  private RewardAccuracy measure(List<EncodedPreference> rows) {
    Map<IntBuffer, Double> known = new LinkedHashMap<>();
    Function<EncodedExample, Double> score =
        answer ->
            known.computeIfAbsent(IntBuffer.wrap(answer.ids()), ids -> score(List.of(answer))[0]);
    List<RewardAccuracy.Pair> pairs = new ArrayList<>();
    for (EncodedPreference row : rows) {
      pairs.add(
          new RewardAccuracy.Pair(
              score.apply(row.chosen()),
              score.apply(row.rejected()),
              row.chosen().trainedTokens(),
              row.rejected().trainedTokens()));
    }
    return new RewardAccuracy(pairs);
  }
}
