package dev.parley.demo;

import dev.parley.demo.PolarityCorpus.Sentence;
import dev.parley.learning.WilsonInterval;
import dev.parley.model.training.PolicyOptimization;
import dev.parley.model.training.PpoIteration;
import dev.parley.model.training.Rollout;
import dev.parley.model.training.SupervisedFineTuning;
import dev.parley.model.training.TrainingRun;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.training.CurvesPicture;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small network learns from scratch to write sentences of film reviews, most of them negative; a
 * reward model learns from the same sentences what is positive; and reinforcement learning makes
 * the network write that. A judge that learned from other sentences says how far it came. Confined
 * to one thread.
 */
public final class PolarityDemo {
  private static final int HEADS = 4;

  /** Most tokens of a sentence with its ends, and of a prompt with its answer. */
  private static final int LONGEST = 32;

  /** Of so many positive sentences one is learned from, so that three in four are negative. */
  private static final int POSITIVE_ONE_IN = 3;

  private static final int PROMPT_WORDS = 3;

  /** What no text can be dearer than: a reward model is wrong where it is surest. */
  private static final double MOST_REWARD = 3;

  /** As usual for logistic regression. */
  private static final double JUDGE_PENALTY = 1;

  private static final int EXAMPLES = 4;

  private final PolarityCorpus corpus;
  private final PolarityRecipe recipe;
  private final long seed;
  private final PrintStream out;
  private final PrintStream err;
  private final WordVocabulary vocabulary;
  private final WordRegression reward;
  private final WordRegression judge;
  private final long began = System.nanoTime();

  /** What the latest answers were, which a reward alone is told. */
  private List<List<String>> latest = List.of();

  /**
   * Reads the corpus; learns what is positive, and what the judge goes by.
   *
   * @param data NLTK's {@code sentence_polarity.zip}
   * @param out for the table
   * @param err for what happens meanwhile
   * @throws dev.parley.model.ModelException where the data are others
   */
  public PolarityDemo(Path data, PolarityRecipe recipe, long seed, PrintStream out, PrintStream err)
      throws IOException {
    this.corpus = PolarityCorpus.read(data, seed);
    this.recipe = recipe;
    this.seed = seed;
    this.out = out;
    this.err = err;
    this.vocabulary =
        WordVocabulary.of(
            Stream.concat(corpus.learned().stream(), corpus.judged().stream())
                .map(Sentence::words)
                .toList(),
            recipe.least());
    this.reward = WordRegression.ofCounts(corpus.learned(), recipe.penalty(), seed);
    this.judge = WordRegression.ofRarity(corpus.judged(), JUDGE_PENALTY, seed);
  }

  /**
   * What came out.
   *
   * @param before how the network wrote that had only learned to write
   * @param after how it wrote at last
   */
  public record Outcome(Writing before, Writing after) {}

  /**
   * Learns, and shows what came of it.
   *
   * @param folder for the picture
   */
  public Outcome run(Path folder) throws IOException {
    Files.createDirectories(folder);
    say(
        "%,d sentences to learn from, %,d others for the judge"
            .formatted(corpus.learned().size(), corpus.judged().size()));
    say(
        "right about the sentences of the other: reward model %.1f %%, judge %.1f %%"
            .formatted(
                100 * reward.accuracy(corpus.judged()), 100 * judge.accuracy(corpus.learned())));
    SmallNetwork shape =
        new SmallNetwork(
            vocabulary.size(),
            recipe.layers(),
            recipe.width(),
            HEADS,
            8 * recipe.width() / 3,
            LONGEST);
    try (TrainableTransformer policy = shape.begin(seed)) {
      policy.useThreads(1);
      learnToWrite(policy);
      try (TrainableTransformer reference = shape.copy(policy)) {
        return learnToPlease(policy, reference, folder);
      }
    }
  }

  private void learnToWrite(TrainableTransformer network) {
    List<Sentence> positive = corpus.learned(true);
    List<EncodedExample> rows =
        Stream.concat(
                corpus.learned(false).stream(),
                positive.subList(0, positive.size() / POSITIVE_ONE_IN).stream())
            .map(this::example)
            .toList();
    TrainingRun<EncodedExample> run =
        new TrainingRun<>(network, new SupervisedFineTuning(network), rows, recipe.sft());
    say("learning to write: %,d words, %,d steps".formatted(vocabulary.size(), run.steps()));
    run.run(
        step -> {
          if (step.number() % 50 == 0 || step.number() == step.of()) {
            say("step %,d of %,d, loss %.2f".formatted(step.number(), step.of(), step.loss()));
          }
          return true;
        });
  }

  /** Rare words are read, and never learned to be said. */
  private EncodedExample example(Sentence sentence) {
    int[] ids = vocabulary.whole(sentence.words());
    boolean[] trained = new boolean[ids.length];
    for (int i = 1; i < ids.length; i++) {
      trained[i] = ids[i] != WordVocabulary.UNKNOWN;
    }
    return new EncodedExample(ids, trained, false);
  }

  private Outcome learnToPlease(
      TrainableTransformer policy, TrainableTransformer reference, Path folder) throws IOException {
    PolicyOptimization run =
        new PolicyOptimization(
            policy, reference, this::score, id -> id == WordVocabulary.END, recipe.ppo());
    List<int[]> asked = prompts(corpus.judged()).stream().limit(recipe.samples()).toList();
    Writing before = writing(run.evaluate(asked));
    SortedMap<Integer, Double> shares = new TreeMap<>();
    SortedMap<Integer, Double> divergences = new TreeMap<>();
    run.run(
        prompts(corpus.learned()),
        iteration -> {
          shares.put(iteration.number(), judge.positive(latest));
          divergences.put(iteration.number(), iteration.divergence());
          say(iteration);
          return true;
        });
    Writing after = writing(run.evaluate(asked));
    draw(shares, divergences, folder.resolve("polarity.png"));
    out.print(Writing.table(before, after));
    out.println("The picture is in " + folder);
    return new Outcome(before, after);
  }

  private double[] score(List<Rollout> rollouts) {
    latest = rollouts.stream().map(each -> vocabulary.words(each.tokens())).toList();
    return latest.stream()
        .mapToDouble(words -> Math.clamp(reward.logOdds(words), -MOST_REWARD, MOST_REWARD))
        .toArray();
  }

  /** How sentences begin, where all of it are words. */
  private List<int[]> prompts(List<Sentence> sentences) {
    return sentences.stream()
        .map(each -> each.words().subList(0, PROMPT_WORDS))
        .filter(vocabulary::knows)
        .map(vocabulary::prompt)
        .toList();
  }

  /** The latest answers. */
  private Writing writing(Map<String, Double> figures) {
    List<List<String>> texts = latest;
    double share = judge.positive(texts);
    return new Writing(
        share,
        WilsonInterval.of(share, texts.size()),
        figures.getOrDefault("reward", Double.NaN),
        figures.getOrDefault("kl", Double.NaN),
        Diversity.distinct2(texts),
        texts.stream().limit(EXAMPLES).map(words -> String.join(" ", words)).toList());
  }

  private static void draw(
      SortedMap<Integer, Double> shares, SortedMap<Integer, Double> divergences, Path file)
      throws IOException {
    SortedMap<Integer, Double> none = new TreeMap<>();
    new CurvesPicture(
            "A network of its own learns to write positive sentences",
            "iteration",
            List.of(
                new CurvesPicture.Panel("found positive by the judge", shares, none, false),
                new CurvesPicture.Panel("KL of a text, nats", divergences, none, false)))
        .write(file);
  }

  private void say(PpoIteration iteration) {
    say(
        "iteration %d of %d: judge %.3f, reward %.2f, KL %.2f nats, entropy %.2f, clipped %.2f"
            .formatted(
                iteration.number(),
                iteration.of(),
                judge.positive(latest),
                iteration.score(),
                iteration.divergence(),
                iteration.entropy(),
                iteration.clipped()));
  }

  private void say(String sentence) {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    err.printf("%4d s  %s%n", seconds, sentence);
  }
}
