package dev.parley.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.TrainingPlan;
import dev.parley.learning.TrainingSet;
import dev.parley.model.ChatMessage;
import dev.parley.model.ModelException;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.training.data.Preference;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import dev.parley.training.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From rows to a version, with a tiny model. */
class PipelineTest {
  private static final TrainingSet NOTHING = new TrainingSet(List.of(), List.of(), List.of());
  private static final TrainingOptions SHORT = PipelineOptions.options(2, 1e-3);
  private static final PipelineOptions OPTIONS =
      new PipelineOptions(
          LoraOptions.USUAL,
          SHORT,
          SHORT,
          SHORT,
          new PipelineOptions.Policy(SHORT, 3, 8, 12, 0.1, 1_000),
          0.1,
          64,
          0.3,
          1);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void whatIsJudgedByIsLearnedFromNowhere() throws IOException {
    Material material = material();

    assertThat(material.answers()).isNotEmpty();
    assertThat(material.judgedPairs()).hasSizeGreaterThanOrEqualTo(Pipeline.FEWEST_JUDGED);
    List<String> judged =
        Stream.concat(
                material.judgedPairs().stream().map(Preference::prompt),
                material.judgedAnswers().stream().map(Demonstration::messages))
            .map(messages -> messages.getFirst().text())
            .toList();
    assertThat(material.answers())
        .noneMatch(row -> judged.contains(row.messages().getFirst().text()));
    assertThat(material.pairs()).noneMatch(row -> judged.contains(row.prompt().getFirst().text()));
  }

  /** What keeps them apart may not decide again which of them the judge is examined by. */
  @Test
  void theJudgeLearnsFromMostOfWhatIsKeptApart() throws IOException {
    PipelineOptions usual = PipelineOptions.USUAL;
    HeldOut apart = new HeldOut(usual.judged(), usual.seed());
    List<Path> files = List.of(write("many.jsonl", pairs(400)));
    List<Preference> judged = Material.gather(NOTHING, files, "", apart, folder).judgedPairs();

    HeldOut.Sides<Preference> sides =
        new HeldOut(Gate.JUDGE_HELD_OUT, usual.judge().seed()).preferences(judged);

    assertThat(judged).hasSizeBetween(70, 130);
    assertThat(sides.training()).hasSizeGreaterThan(judged.size() / 2);
    assertThat(sides.heldOut()).hasSizeGreaterThan(judged.size() / 10);
  }

  @Test
  void rowsAreLearnedAfterWhatTheModelIsToldFirst() throws IOException {
    Path pairs = write("pairs.jsonl", pairs(60));
    Path own =
        write(
            "own.jsonl",
            Stream.of(
                """
                {"messages":[{"role":"system","content":"Own."},{"role":"user","content":"Q"},\
                {"role":"assistant","content":"A"}]}\
                """));

    Material material = gather(List.of(pairs, own), "Be kind.");

    assertThat(material.pairs())
        .allMatch(row -> row.prompt().getFirst().equals(ChatMessage.system("Be kind.")));
    assertThat(Stream.concat(material.answers().stream(), material.judgedAnswers().stream()))
        .allMatch(row -> row.messages().getFirst().equals(ChatMessage.system("Own.")));
    Material without = gather(List.of(pairs, own));
    assertThat(material.judgedPairs()).hasSameSizeAs(without.judgedPairs()); // divided alike
  }

  @Test
  void allStagesEndInAnExaminedVersion() throws IOException {
    Pipeline pipeline = pipeline(Kind.ALL, material());

    TrainingPlan plan = pipeline.plan();
    assertThat(plan.answers()).isPositive();
    assertThat(plan.steps()).isPositive();
    assertThat(plan.tokens()).isPositive();
    assertThat(plan.memory()).isPositive();
    Pipeline.Outcome outcome = pipeline.run(never()).orElseThrow();

    assertThat(outcome.model()).isEqualTo(pipeline.folder().resolve("dpo"));
    assertThat(outcome.model().resolve("adapter_model.safetensors")).exists();
    assertThat(pipeline.folder().resolve("sft/adapter_model.safetensors")).exists();
    assertThat(pipeline.folder().resolve("judge/reward.safetensors")).exists();
    GateReport report = outcome.report();
    assertThat(report.wins() + report.losses()).isPositive();
    assertThat(report.judge()).isPresent();
    assertThat(report.perplexity()).isPresent();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("Supervised", "Direct preference");
    assertThat(pipeline.folder().resolve("data")).doesNotExist(); // what people wrote
  }

  @Test
  void theSameBegunAgainGoesOnToTheSame() throws IOException {
    Pipeline whole = pipeline(Kind.ALL, material(), folder.resolve("whole"));
    whole.run(never());

    for (int steps : new int[] {3, 9}) { // within the answers, within the pairs
      Pipeline piece = pipeline(Kind.ALL, material(), folder.resolve("pieces"));
      assertThat(piece.run(after(new AtomicInteger(steps)))).isEmpty();
      assertThat(piece.folder().resolve("data")).doesNotExist();
    }
    assertThat(pipeline(Kind.ALL, material(), folder.resolve("pieces")).run(never())).isPresent();

    Path file = Path.of("dpo/adapter_model.safetensors");
    assertThat(folder.resolve("pieces").resolve(whole.name()).resolve(file))
        .hasSameBinaryContentAs(whole.folder().resolve(file));
  }

  @Test
  void reinforcementLearningGoesByARewardModelThatIsNotTheJudge() throws IOException {
    Pipeline whole = pipeline(Kind.PPO, material());
    assertThat(whole.plan().memory()).isGreaterThan(pipeline(Kind.ALL, material()).plan().memory());

    Pipeline.Outcome outcome = whole.run(never()).orElseThrow();

    assertThat(outcome.model()).isEqualTo(whole.folder().resolve("ppo"));
    assertThat(outcome.report().judge()).isPresent();
    assertThat(whole.folder().resolve("dpo")).doesNotExist();
    assertThat(whole.folder().resolve("reward/reward.safetensors")).exists();
    assertThat(whole.folder().resolve("judge/reward.safetensors")).exists();
    assertThat(Files.readString(whole.folder().resolve("ppo/metrics.jsonl")))
        .contains("\"kl\"", "\"clip_fraction\"");
    assertThat(whole.metrics()).contains("\"ppo\":{\"step\":3,");

    for (String stage : List.of("reward", "ppo")) {
      Pipeline piece = pipeline(Kind.PPO, material(), folder.resolve("pieces"));
      assertThat(piece.run(afterAStepOf(stage, piece))).isEmpty();
      assertThat(piece.stage()).isEqualTo(stage);
    }
    assertThat(pipeline(Kind.PPO, material(), folder.resolve("pieces")).run(never())).isPresent();
    Path file = Path.of("ppo/adapter_model.safetensors");
    assertThat(folder.resolve("pieces").resolve(whole.name()).resolve(file))
        .hasSameBinaryContentAs(whole.folder().resolve(file));
  }

  @Test
  void answersAlone() throws IOException {
    Pipeline pipeline = pipeline(Kind.SFT, material());

    Optional<Pipeline.Outcome> outcome = pipeline.run(never());

    assertThat(outcome.orElseThrow().model()).isEqualTo(pipeline.folder().resolve("sft"));
    assertThat(pipeline.folder().resolve("dpo")).doesNotExist();
  }

  @Test
  void withoutRowsOfAKindThereIsNothingToLearn() throws IOException {
    Path answers = write("answers.jsonl", answers(4));

    assertThat(pipeline(Kind.DPO, gather(List.of(answers))).isEmpty()).isTrue();
    assertThat(pipeline(Kind.SFT, gather(List.of(answers))).isEmpty()).isFalse();
  }

  @Test
  void linesThatCannotBeUsedAreNamed() throws IOException {
    Path bad = write("bad.jsonl", Stream.of("{\"messages\":[]}", "no JSON"));

    assertThatThrownBy(() -> gather(List.of(bad)))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("bad.jsonl, line 1:", "bad.jsonl, line 2:");
  }

  private Material material() throws IOException {
    return gather(List.of(write("answers.jsonl", answers(20)), write("pairs.jsonl", pairs(60))));
  }

  private Material gather(List<Path> files) throws IOException {
    return gather(files, "");
  }

  private Material gather(List<Path> files, String system) throws IOException {
    HeldOut heldOut = new HeldOut(OPTIONS.judged(), OPTIONS.seed());
    return Material.gather(NOTHING, files, system, heldOut, folder);
  }

  private Pipeline pipeline(Kind kind, Material material) throws IOException {
    return pipeline(kind, material, folder.resolve("training"));
  }

  private Pipeline pipeline(Kind kind, Material material, Path all) throws IOException {
    return new Pipeline(
        kind,
        OPTIONS,
        TinyOrigin.TIED,
        Processor.CPU,
        material,
        all,
        new PrintStream(said, true, StandardCharsets.UTF_8),
        false);
  }

  private static Supplier<StopSignal> never() {
    return after(new AtomicInteger(Integer.MAX_VALUE));
  }

  /** Stops once it was asked so often. */
  private static Supplier<StopSignal> after(AtomicInteger asked) {
    return () ->
        new StopSignal() {
          @Override
          public boolean given() {
            return asked.decrementAndGet() < 0;
          }

          @Override
          public void close() {}
        };
  }

  /** Stops at a stage's second step, within it. */
  private static Supplier<StopSignal> afterAStepOf(String stage, Pipeline pipeline) {
    AtomicInteger asked = new AtomicInteger();
    return () ->
        new StopSignal() {
          @Override
          public boolean given() {
            return asked.get() > 1
                || (pipeline.stage().equals(stage) && asked.incrementAndGet() > 1);
          }

          @Override
          public void close() {}
        };
  }

  private static Stream<String> answers(int rows) {
    List<Demonstration> all =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    new Demonstration(
                        "a" + i,
                        List.of(
                            ChatMessage.user("question " + i), ChatMessage.assistant("yes yes"))))
            .toList();
    return Material.ofAnswers(all).lines();
  }

  private static Stream<String> pairs(int rows) {
    List<Preference> all =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    new Preference(
                        "p" + i, List.of(ChatMessage.user("question " + i)), "yes yes", "no no no"))
            .toList();
    return Material.ofPairs(all).lines();
  }

  private Path write(String name, Stream<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines.toList());
  }
}
