package dev.parley.pipeline;

import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.RewardModel;
import dev.parley.model.training.SupervisedFineTuning;
import dev.parley.model.training.data.ChatEncoder;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.EncodedData;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.training.data.Preference;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.pipeline.GateReport.Sides;
import dev.parley.training.Networks;
import dev.parley.training.RewardFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Examines what was trained, beside what it was trained from, before anybody talks with it.
 * Confined to one thread.
 */
final class Gate {
  /** Of the judge's pairs, to know how good it is. */
  static final double JUDGE_HELD_OUT = 0.25;

  /** Most questions that both answer to be judged. */
  private static final int MOST_COMPARED = 24;

  /** Most good answers whose perplexity is measured. */
  private static final int MOST_KNOWN = 48;

  private static final int MOST_TOKENS = 96;

  private final Origin origin;
  private final Processor processor;
  private final PipelineOptions options;
  private final Material material;
  private final BooleanSupplier stop;
  private final PrintStream log;

  /**
   * What a model answers.
   *
   * @param compared to what is judged, in its order
   * @param right how many of the fixed questions
   * @param length of all of them in the mean, in tokens
   */
  private record Answers(List<String> compared, int right, double length) {}

  /**
   * @param stop asked between answers
   */
  Gate(
      Origin origin,
      Processor processor,
      PipelineOptions options,
      Material material,
      BooleanSupplier stop,
      PrintStream log) {
    this.origin = origin;
    this.processor = processor;
    this.options = options;
    this.material = material;
    this.stop = stop;
    this.log = log;
  }

  /**
   * Asks both.
   *
   * @param judge folder of a reward model
   * @return empty where it was stopped
   */
  Optional<GateReport> examine(Path trained, Optional<Path> judge) throws IOException {
    log.println("Examining: both models answer what neither learned from …");
    List<FixedQuestion> fixed = FixedQuestion.all();
    List<List<ChatMessage>> compared = compared();
    try {
      Answers before = answers(origin.load(), compared, fixed);
      Answers after = answers(origin.load(trained), compared, fixed);
      Optional<Sides> perplexity = perplexity(trained);
      Verdicts verdicts =
          judge.isPresent()
              ? judge(judge.get(), compared, before.compared, after.compared)
              : new Verdicts(Optional.empty(), 0, 0);
      return Optional.of(
          new GateReport(
              verdicts.accuracy,
              verdicts.wins,
              verdicts.losses,
              fixed.size(),
              new Sides(before.right, after.right),
              perplexity,
              new Sides(before.length, after.length)));
    } catch (CancellationException stopped) {
      return Optional.empty();
    }
  }

  private record Verdicts(Optional<Double> accuracy, int wins, int losses) {}

  /** Prompts that were kept apart, each once. */
  private List<List<ChatMessage>> compared() {
    Set<List<ChatMessage>> prompts = new LinkedHashSet<>();
    material.judgedPairs().forEach(pair -> prompts.add(pair.prompt()));
    material
        .judgedAnswers()
        .forEach(each -> prompts.add(each.messages().subList(0, each.messages().size() - 1)));
    return prompts.stream().limit(MOST_COMPARED).toList();
  }

  /** Of a model, which is closed then. */
  private Answers answers(
      LanguageModel model, List<List<ChatMessage>> compared, List<FixedQuestion> fixed) {
    try (model) {
      List<String> texts = new ArrayList<>();
      long tokens = 0;
      for (List<ChatMessage> prompt : compared) {
        GenerationResult result = answer(model, prompt);
        texts.add(result.text().strip());
        tokens += result.generatedTokens();
      }
      int right = 0;
      for (FixedQuestion question : fixed) {
        GenerationResult result = answer(model, List.of(ChatMessage.user(question.text())));
        right += question.isRight(result.text()) ? 1 : 0;
        tokens += result.generatedTokens();
      }
      return new Answers(texts, right, (double) tokens / (compared.size() + fixed.size()));
    }
  }

  private GenerationResult answer(LanguageModel model, List<ChatMessage> prompt) {
    if (stop.getAsBoolean()) {
      throw new CancellationException();
    }
    try {
      return model
          .generate(prompt, GenerationOptions.of(MOST_TOKENS, SamplingOptions.GREEDY), piece -> {})
          .result()
          .get();
    } catch (ExecutionException e) {
      throw new ModelException("A version could not be examined: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  /** Of good answers that were kept apart. */
  private Optional<Sides> perplexity(Path trained) throws IOException {
    List<Demonstration> known = new ArrayList<>(material.judgedAnswers());
    for (Preference pair : material.judgedPairs()) {
      List<ChatMessage> messages = new ArrayList<>(pair.prompt());
      messages.add(ChatMessage.assistant(pair.chosen()));
      known.add(new Demonstration(pair.id(), messages));
    }
    List<Demonstration> some = known.subList(0, Math.min(MOST_KNOWN, known.size()));
    if (some.isEmpty()) {
      return Optional.empty();
    }
    try (ModelParts before = origin.parts();
        ModelParts after = origin.parts(trained)) {
      return Optional.of(new Sides(perplexity(before, some), perplexity(after, some)));
    }
  }

  private double perplexity(ModelParts parts, List<Demonstration> known) throws IOException {
    int longest = longest(parts);
    List<EncodedExample> rows = EncodedData.ofDemonstrations(known, encoder(parts, longest)).rows();
    try (TrainableTransformer network = Networks.whole(parts.checkpoint(), processor, longest)) {
      Map<String, Double> figures = new SupervisedFineTuning(network).evaluate(rows);
      return Objects.requireNonNull(figures.get("perplexity"));
    }
  }

  /** Which of the answers the judge prefers; the same ones say nothing. */
  private Verdicts judge(
      Path folder, List<List<ChatMessage>> prompts, List<String> before, List<String> after)
      throws IOException {
    try (RewardFolder files = RewardFolder.open(folder)) {
      int longest = longest(files.parts());
      ChatEncoder encoder = encoder(files.parts(), longest);
      try (TrainableTransformer network = Networks.whole(files.network(), processor, longest)) {
        RewardModel judge = files.on(network);
        List<EncodedPreference> compared =
            IntStream.range(0, prompts.size())
                .filter(i -> !before.get(i).equals(after.get(i)))
                .filter(i -> !before.get(i).isEmpty() && !after.get(i).isEmpty())
                .mapToObj(i -> new Preference("-", prompts.get(i), after.get(i), before.get(i)))
                .map(encoder::encode)
                .flatMap(Optional::stream)
                .toList();
        int wins = 0;
        int losses = 0;
        for (EncodedPreference pair : compared) {
          double[] scores = judge.score(List.of(pair.chosen(), pair.rejected()));
          wins += scores[0] > scores[1] ? 1 : 0;
          losses += scores[0] < scores[1] ? 1 : 0;
        }
        for (int i = 0; i < prompts.size(); i++) { // whoever says nothing loses
          wins += before.get(i).isEmpty() && !after.get(i).isEmpty() ? 1 : 0;
          losses += after.get(i).isEmpty() && !before.get(i).isEmpty() ? 1 : 0;
        }
        return new Verdicts(accuracy(judge, encoder), wins, losses);
      }
    }
  }

  private Optional<Double> accuracy(RewardModel judge, ChatEncoder encoder) {
    List<Preference> unseen =
        new HeldOut(JUDGE_HELD_OUT, options.judge().seed())
            .preferences(material.judgedPairs())
            .heldOut();
    List<EncodedPreference> rows = EncodedData.ofPreferences(unseen, encoder).rows();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(judge.accuracy(rows).figures().get("accuracy"));
  }

  private int longest(ModelParts parts) {
    return Math.min(options.maxTokens(), parts.checkpoint().contextLength());
  }

  private static ChatEncoder encoder(ModelParts parts, int longest) {
    return new ChatEncoder(parts.template(), parts.tokenizer(), parts.endTokens(), longest);
  }
}
