package dev.parley.bench;

import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Measures a model. */
public final class Bench {
  private static final List<Measure> ALL =
      List.of(new Prefill(), new Decode(), new Burst(), new Stall(), new WarmTurns(), new Memory());

  private final LanguageModel model;
  private final SamplingOptions sampling;
  private final int rounds;
  private final RandomGenerator random;
  private final PrintStream err;

  /**
   * @param sampling as people get it
   * @param rounds that medians are over, at least 1
   * @param err where the operator reads what is being measured
   */
  public Bench(
      LanguageModel model,
      SamplingOptions sampling,
      int rounds,
      RandomGenerator random,
      PrintStream err) {
    this.model = model;
    this.sampling = sampling;
    this.rounds = rounds;
    this.random = random;
    this.err = err;
  }

  /** What can be measured, in order. */
  public static List<String> names() {
    return ALL.stream().map(Measure::name).toList();
  }

  /**
   * Measures.
   *
   * @param names of what shall be measured
   * @param runsOn for people
   */
  public Report run(List<String> names, String runsOn) {
    Words words = new Words(model, random);
    Subject cold = new Subject(model, sampling, words, rounds, 0, 0);
    GenerationResult first = cold.answer(List.of(ChatMessage.user(words.of(40))), 16).result();
    Subject subject =
        new Subject(
            model,
            sampling,
            words,
            rounds,
            Memory.resident(),
            first.promptTokens() + first.generatedTokens());
    List<Result> results = new ArrayList<>();
    for (Measure measure : ALL) {
      if (names.contains(measure.name())) {
        long start = System.nanoTime();
        err.printf("%-8s…", measure.name());
        err.flush();
        results.add(measure.run(subject));
        err.printf(" %.0f s%n", (System.nanoTime() - start) / 1e9);
      }
    }
    return new Report(
        model.info().name(), runsOn, subject.slots(), subject.context(), rounds, results);
  }
}
