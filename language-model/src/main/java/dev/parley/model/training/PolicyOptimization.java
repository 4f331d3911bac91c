package dev.parley.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.parley.model.SamplingOptions;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.MemoryPlan;
import dev.parley.model.transformer.TokenBatch;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.TrainingFootprint;
import dev.parley.model.transformer.Transformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Reinforcement learning from scores: proximal policy optimization with a leash to the model of the
 * beginning (Ziegler et al. 2019; Ouyang et al. 2022, section 3.5). Answers are written by the same
 * network that runs elsewhere, with the policy's weights. Confined to the networks' thread.
 */
public final class PolicyOptimization {
  /** What the head is called, among the trained weights, that expects scores. */
  public static final String VALUE = "value";

  /** Answers that are written at once. */
  private static final int SLOTS = 16;

  /** Answers by which time is measured: as many as are written at once. */
  private static final int TRIED = SLOTS;

  private final TrainableTransformer policy;
  private final TrainableTransformer reference;
  private final Reward reward;
  private final IntPredicate endsAnswer;
  private final PpoOptions options;
  private final AdamW optimizer;
  private final NDArray value;
  private final DivergencePrice price;
  private final Schedule schedule;
  private int done;

  /**
   * Prepares a run.
   *
   * @param policy what learns
   * @param reference the model of the beginning, which stays as it is
   * @param endsAnswer which tokens end an answer
   */
  public PolicyOptimization(
      TrainableTransformer policy,
      TrainableTransformer reference,
      Reward reward,
      IntPredicate endsAnswer,
      PpoOptions options) {
    this.policy = policy;
    this.reference = reference;
    this.reward = reward;
    this.endsAnswer = endsAnswer;
    this.options = options;
    this.value = policy.addVector(VALUE, new float[policy.width()]);
    this.optimizer = new AdamW(policy, options.optimizer());
    this.price = new DivergencePrice(options.beta(), options.targetDivergence());
    this.schedule = new Schedule(options.learningRate(), 0, options.iterations());
  }

  /** Iterations that were done, those before it was stopped too. */
  public int done() {
    return done;
  }

  /** As {@link TrainingRun#resume}. */
  public boolean resume(Path file, String name) throws IOException {
    Optional<TrainingState> state = TrainingState.load(file, name, policy, optimizer);
    state.ifPresent(
        found -> {
          done = found.steps();
          price.set(found.price());
        });
    return state.isPresent();
  }

  /** As {@link TrainingRun#save}. */
  public void save(Path file, String name) throws IOException {
    new TrainingState(done, price.value()).save(file, name, policy, optimizer);
  }

  /**
   * Writes answers and learns from them, until the end, or the listener has enough.
   *
   * @param prompts from which each iteration draws
   * @param goOn told of each iteration, whether another one follows
   * @return whether the end was reached
   */
  public boolean run(List<int[]> prompts, Predicate<PpoIteration> goOn) throws IOException {
    while (done < options.iterations()) {
      PpoIteration iteration = iterate(prompts);
      boolean another = goOn.test(iteration);
      if (iteration.divergence() > options.mostDivergence()) {
        return true;
      }
      if (!another) {
        return false;
      }
    }
    return true;
  }

  /**
   * Answers prompts that are not learned from, each once and always from the same seed.
   *
   * @return the means of an answer: {@code reward}, {@code kl} in nats, {@code length} in tokens
   */
  public Map<String, Double> evaluate(List<int[]> prompts) throws IOException {
    List<Rollout> rollouts = write(prompts, options.seed());
    double[] scores = reward.score(rollouts);
    List<Experience> experiences = experiences(rollouts, scores, price.value());
    return Map.of(
        "reward", Arrays.stream(scores).average().orElse(0),
        "kl", mean(experiences, Experience::divergence),
        "length", mean(experiences, each -> each.rollout().answer().length));
  }

  /**
   * Measures how long an iteration takes, by a few answers from which nothing is learned.
   *
   * @param prompts as for {@link #run}
   */
  public Duration measure(List<int[]> prompts) throws IOException {
    int few = Math.min(TRIED, options.answers());
    List<int[]> some = drawn(prompts, new Random(options.seed())).subList(0, few);
    long began = System.nanoTime();
    List<Rollout> rollouts = write(some, options.seed());
    List<Experience> experiences = experiences(rollouts, reward.score(rollouts), price.value());
    long written = System.nanoTime();
    for (List<Experience> piece :
        Pieces.of(experiences, Experience::tokens, options.tokensAtOnce())) {
      learn(piece, Double.POSITIVE_INFINITY, new Learned());
    }
    long learned = System.nanoTime() - written;
    double times = (double) options.answers() / few;
    return Duration.ofNanos(Math.round(times * (written - began + options.epochs() * learned)));
  }

  /**
   * Bytes that a run takes beside its policy and what judges: the model of the beginning, and a
   * copy of the policy that writes.
   *
   * @param longest most tokens of a prompt and its answer
   */
  public static long memoryBeside(Checkpoint checkpoint, int longest) throws IOException {
    long weights = TrainingFootprint.of(checkpoint, Optional.empty(), 0, longest).weights();
    return 3 * weights + TrainingFootprint.cache(checkpoint, (long) SLOTS * longest);
  }

  private PpoIteration iterate(List<int[]> prompts) throws IOException {
    long began = System.nanoTime();
    Random random = new Random(options.seed() + 0x9E3779B97F4A7C15L * done);
    List<Rollout> rollouts = write(drawn(prompts, random), random.nextLong());
    double[] scores = reward.score(rollouts);
    double beta = price.value();
    List<Experience> experiences = experiences(rollouts, scores, beta);
    double divergence = mean(experiences, Experience::divergence);
    double explained = Experience.explainedVariance(experiences);
    Experience.whiten(experiences);
    Learned learned = learn(experiences, random);
    price.observe(divergence, rollouts.size());
    done++;
    return new PpoIteration(
        done,
        options.iterations(),
        Arrays.stream(scores).average().orElse(0),
        divergence,
        mean(experiences, Experience::divergence3),
        beta,
        learned.mean(learned.entropy),
        learned.policyLoss / learned.steps,
        learned.valueLoss / learned.steps,
        learned.mean(learned.clipped),
        explained,
        learned.mean(learned.moved),
        learned.gradientNorm / learned.steps,
        mean(experiences, each -> each.rollout().answer().length),
        mean(experiences, each -> each.rollout().ended() ? 1 : 0),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private List<int[]> drawn(List<int[]> prompts, Random random) {
    List<int[]> drawn = new ArrayList<>();
    for (int i = 0; i < options.answers(); i++) {
      drawn.add(prompts.get(random.nextInt(prompts.size())));
    }
    return drawn;
  }

  private List<Rollout> write(List<int[]> prompts, long seed) throws IOException {
    int longest = prompts.stream().mapToInt(each -> each.length).max().orElseThrow();
    int length = Math.min(policy.longest(), longest + options.maxTokens());
    try (MemoryTensors weights = policy.weights();
        Transformer writer =
            Transformer.load(
                policy.checkpoint(weights),
                MemoryPlan.onCpu(Weights.FP32, Math.min(SLOTS, prompts.size()), length))) {
      SamplingOptions plain = SamplingOptions.GREEDY.withTemperature(1);
      return new Rollouts(writer, endsAnswer, plain, options.maxTokens()).write(prompts, seed);
    }
  }

  private List<Experience> experiences(List<Rollout> rollouts, double[] scores, double beta) {
    List<Experience> experiences = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      Rollout rollout = rollouts.get(i);
      TokenBatch batch =
          TokenBatch.ofTokens(List.of(rollout.tokens()), List.of(rollout.ofAnswer()));
      try (NDManager step = policy.newManager();
          NDManager beside = reference.newManager()) {
        float[] now = policy.policy(step, batch, value).toFloatArray();
        float[] before = reference.logProbs(beside, batch).toFloatArray();
        experiences.add(Experience.of(rollout, now, before, scores[i], beta, options));
      }
    }
    return experiences;
  }

  /** Sums over the tokens or steps of an iteration. */
  private static final class Learned {
    int steps;
    long tokens;
    double policyLoss;
    double valueLoss;
    double gradientNorm;
    double entropy;
    double clipped;
    double moved;

    double mean(double sum) {
      return sum / tokens;
    }
  }

  private Learned learn(List<Experience> experiences, Random random) {
    Learned learned = new Learned();
    List<Experience> order = new ArrayList<>(experiences);
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      Collections.shuffle(order, random);
      for (int from = 0; from < order.size(); from += options.miniBatch()) {
        List<Experience> some =
            order.subList(from, Math.min(order.size(), from + options.miniBatch()));
        double tokens = some.stream().mapToLong(each -> each.rollout().answer().length).sum();
        for (List<Experience> piece : Pieces.of(some, Experience::tokens, options.tokensAtOnce())) {
          learn(piece, tokens, learned);
        }
        learned.gradientNorm += optimizer.step(schedule.rate(done));
        learned.steps++;
      }
    }
    return learned;
  }

  private void learn(List<Experience> some, double tokens, Learned learned) {
    TokenBatch batch =
        TokenBatch.ofTokens(
            some.stream().map(each -> each.rollout().tokens()).toList(),
            some.stream().map(each -> each.rollout().ofAnswer()).toList());
    double share = batch.rowCount() / tokens;
    float[] before = Experience.joined(some, Experience::logProbs);
    policy.learn(
        step -> {
          NDArray all = policy.policy(step, batch, value);
          NDArray logProbs = all.get(0);
          NDArray entropy = all.get(1);
          NDArray policyLoss =
              Losses.clippedPolicy(
                  logProbs,
                  step.create(before),
                  step.create(Experience.joined(some, Experience::advantages)),
                  options.clip());
          NDArray valueLoss =
              Losses.clippedValue(
                  all.get(2),
                  step.create(Experience.joined(some, Experience::values)),
                  step.create(Experience.joined(some, Experience::returns)),
                  options.valueClip());
          learned.policyLoss += share * policyLoss.getFloat();
          learned.valueLoss += share * valueLoss.getFloat();
          learned.entropy += entropy.sum().getFloat();
          observe(logProbs.toFloatArray(), before, learned);
          return policyLoss
              .add(valueLoss.mul((float) options.valueWeight()))
              .sub(entropy.mul(options.entropyWeight()).mean());
        },
        share);
  }

  private void observe(float[] now, float[] before, Learned learned) {
    learned.tokens += now.length;
    for (int i = 0; i < now.length; i++) {
      double ratio = Math.exp((double) now[i] - before[i]);
      learned.clipped += Math.abs(ratio - 1) > options.clip() ? 1 : 0;
      learned.moved += Divergence.k3(before[i], now[i]);
    }
  }

  private static double mean(List<Experience> of, ToDoubleFunction<Experience> what) {
    return of.stream().mapToDouble(what).average().orElse(0);
  }
}
