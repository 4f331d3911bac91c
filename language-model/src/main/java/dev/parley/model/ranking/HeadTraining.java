package dev.parley.model.ranking;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.AdamW;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.parley.model.ranking.Inputs.Mixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A {@link Head} while it learns to tell a reply from those of other dialogues in the same batch,
 * and from those that were rejected. Confined to one thread.
 */
final class HeadTraining {
  /** What a score loses where a reply is not to be told from. */
  private static final float NO_ANSWER = -1e4f;

  /** What cosines count at first. */
  private static final float SHARPNESS = 4;

  private static final float TINY = 1e-12f;

  private final NDManager memory;
  private final Texts texts;
  private final Inputs inputs;
  private final RankerOptions options;
  private final RandomGenerator random;
  private final List<NDArray> matrices = new ArrayList<>();
  private final List<NDArray> vectors = new ArrayList<>();
  private final List<NDArray> contextWeights = new ArrayList<>();
  private final List<NDArray> contextBiases = new ArrayList<>();
  private final List<NDArray> replyWeights = new ArrayList<>();
  private final List<NDArray> replyBiases = new ArrayList<>();
  private final List<NDArray> similarities = new ArrayList<>();
  private final NDArray positions;
  private final NDArray overlaps;
  private final Optimizer decaying;
  private final Optimizer plain;

  HeadTraining(
      NDManager memory,
      Texts texts,
      Inputs inputs,
      RankerOptions options,
      int steps,
      RandomGenerator random) {
    this.memory = memory;
    this.texts = texts;
    this.inputs = inputs;
    this.options = options;
    this.random = random;
    for (int view = 0; view < View.values().length; view++) {
      float[] weight = uniform(inputs.width() * options.out());
      float[] bias = uniform(options.out());
      contextWeights.add(matrix(weight, inputs.width(), options.out()));
      contextBiases.add(vector(bias));
      replyWeights.add(matrix(weight, inputs.width(), options.out()));
      replyBiases.add(vector(bias));
      similarities.add(vector(new float[] {SHARPNESS}));
    }
    int rows = Head.MOST_TURNS + 1;
    this.positions = matrix(new float[rows * options.out()], rows, options.out());
    float[] counts = new float[Texts.OVERLAPS];
    Arrays.fill(counts, SHARPNESS);
    this.overlaps = memory.create(counts, new Shape(Texts.OVERLAPS, 1));
    vectors.add(overlaps);
    matrices.addAll(inputs.trained());
    matrices.forEach(each -> each.setRequiresGradient(true));
    vectors.forEach(each -> each.setRequiresGradient(true));
    this.decaying = optimizer(options.decay(), steps);
    this.plain = optimizer(0, steps);
  }

  private float[] uniform(int count) {
    float bound = (float) (1 / Math.sqrt(inputs.width()));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat(-bound, bound);
    }
    return values;
  }

  private NDArray matrix(float[] values, int rows, int columns) {
    NDArray array = memory.create(values, new Shape(rows, columns));
    matrices.add(array);
    return array;
  }

  private NDArray vector(float[] values) {
    NDArray array = memory.create(values);
    vectors.add(array);
    return array;
  }

  private Optimizer optimizer(double decay, int steps) {
    Tracker falling =
        step -> (float) (options.learningRate() * Math.max(0, 1 - (step - 1.0) / steps));
    return AdamW.builder().optLearningRateTracker(falling).optWeightDecays((float) decay).build();
  }

  /** Learns from a batch, and returns its loss. */
  double learn(List<Example> batch) {
    double value;
    JniUtils.setGradMode(true);
    try (NDManager step = memory.newSubManager()) {
      NDArray loss = loss(step, batch);
      JniUtils.backward((PtNDArray) loss, (PtNDArray) step.create(1f), false, false);
      value = loss.getFloat();
    } finally {
      JniUtils.setGradMode(false);
    }
    update(decaying, matrices, "matrix");
    update(plain, vectors, "vector");
    return value;
  }

  private static void update(Optimizer optimizer, List<NDArray> arrays, String kind) {
    for (int i = 0; i < arrays.size(); i++) {
      PtNDArray array = (PtNDArray) arrays.get(i);
      try (NDArray gradient = JniUtils.getGradient(array)) {
        optimizer.update(kind + i, array, gradient);
      }
      JniUtils.zeroGrad(array);
    }
  }

  private NDArray loss(NDManager step, List<Example> batch) {
    List<Turn> replies = new ArrayList<>(batch.stream().map(Example::reply).toList());
    batch.forEach(example -> replies.addAll(example.rejected()));
    int rows = batch.size();
    int columns = replies.size();
    NDArray candidates = inputs.rows(step, replies.stream().map(Mixture::of).toList());
    NDArray scores =
        step.create(overlaps(batch, replies), new Shape((long) rows * columns, Texts.OVERLAPS))
            .matMul(overlaps)
            .reshape(rows, columns)
            .add(step.create(mask(batch, columns), new Shape(rows, columns)));
    for (int at = 0; at < similarities.size(); at++) {
      View view = View.ALL.get(at);
      List<Mixture> mixtures =
          batch.stream()
              .map(example -> new Mixture(example.turns(), view.weights(example.turns())))
              .toList();
      NDArray context =
          dropped(step, inputs.rows(step, mixtures))
              .matMul(contextWeights.get(at))
              .add(contextBiases.get(at));
      if (view == View.LAST) {
        context = context.add(turnCounts(step, batch).matMul(positions));
      }
      NDArray reply =
          dropped(step, candidates).matMul(replyWeights.get(at)).add(replyBiases.get(at));
      NDArray cosines = normalised(context).matMul(normalised(reply).transpose());
      scores = scores.add(cosines.mul(similarities.get(at)));
    }
    return scores.logSoftmax(1).mul(step.eye(rows, columns, 0)).sum().div(-rows);
  }

  private NDArray dropped(NDManager step, NDArray rows) {
    float[] mask = new float[(int) rows.size()];
    float kept = (float) (1 / (1 - options.dropout()));
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextFloat() < options.dropout() ? 0 : kept;
    }
    return rows.mul(step.create(mask, rows.getShape()));
  }

  private static NDArray normalised(NDArray rows) {
    return rows.div(rows.square().sum(new int[] {1}, true).add(TINY).sqrt());
  }

  private static NDArray turnCounts(NDManager step, List<Example> batch) {
    int columns = Head.MOST_TURNS + 1;
    float[] ones = new float[batch.size() * columns];
    for (int i = 0; i < batch.size(); i++) {
      ones[i * columns + Math.min(batch.get(i).turns().size(), Head.MOST_TURNS)] = 1;
    }
    return step.create(ones, new Shape(batch.size(), columns));
  }

  private float[] overlaps(List<Example> batch, List<Turn> replies) {
    int row = replies.size() * Texts.OVERLAPS;
    float[] all = new float[batch.size() * row];
    IntStream.range(0, batch.size())
        .parallel()
        .forEach(
            i -> {
              float[][] some = texts.overlaps(batch.get(i).turns(), replies);
              for (int overlap = 0; overlap < Texts.OVERLAPS; overlap++) {
                for (int reply = 0; reply < replies.size(); reply++) {
                  all[i * row + reply * Texts.OVERLAPS + overlap] = some[overlap][reply];
                }
              }
            });
    return all;
  }

  /** Rejected replies are told from in their own place, others where they are another's. */
  private static float[] mask(List<Example> batch, int columns) {
    float[] mask = new float[batch.size() * columns];
    int rejected = batch.size();
    for (int row = 0; row < batch.size(); row++) {
      Example example = batch.get(row);
      int next = rejected + example.rejected().size();
      for (int column = 0; column < columns; column++) {
        boolean asked =
            column < batch.size()
                ? column == row || differs(example, batch.get(column))
                : column >= rejected && column < next;
        mask[row * columns + column] = asked ? 0 : NO_ANSWER;
      }
      rejected = next;
    }
    return mask;
  }

  private static boolean differs(Example one, Example other) {
    return one.dialogue() != other.dialogue() && !one.text().equals(other.text());
  }

  /** As it is now. */
  Head head() {
    List<Projection> contexts = new ArrayList<>();
    List<Projection> replies = new ArrayList<>();
    float[] counts = new float[similarities.size()];
    for (int view = 0; view < counts.length; view++) {
      contexts.add(projection(contextWeights.get(view), contextBiases.get(view)));
      replies.add(projection(replyWeights.get(view), replyBiases.get(view)));
      counts[view] = similarities.get(view).getFloat(0);
    }
    return new Head(contexts, replies, positions.toFloatArray(), counts, overlaps.toFloatArray());
  }

  private static Projection projection(NDArray weight, NDArray bias) {
    return new Projection(weight.toFloatArray(), bias.toFloatArray());
  }
}
