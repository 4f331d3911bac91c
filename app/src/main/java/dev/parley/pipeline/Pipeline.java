package dev.parley.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.TrainingPlan;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Reading;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.Processor;
import dev.parley.training.DirectPreference;
import dev.parley.training.Reinforcement;
import dev.parley.training.Reward;
import dev.parley.training.RunFolder;
import dev.parley.training.Stage;
import dev.parley.training.StopSignal;
import dev.parley.training.Supervised;
import dev.parley.training.Training;
import dev.parley.training.TrainingRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All stages in turn: good answers, preferences, a judge from what was kept apart, the examination.
 * Begun again with the same material it goes on where it was. Confined to one thread.
 */
final class Pipeline {
  /** Fewer pairs say nothing about a judge. */
  static final int FEWEST_JUDGED = 8;

  /** Of people's words, while they are learned. */
  static final String DATA = "data";

  private static final int SHOWN = 8;

  private final Kind kind;
  private final PipelineOptions options;
  private final Origin origin;
  private final Processor processor;
  private final Material material;
  private final Path all;
  private final PrintStream log;
  private final boolean terminal;
  private final String name;

  /** The stage that runs; empty before the first. Read by other threads. */
  private volatile String stage = "";

  /**
   * What came of it.
   *
   * @param model what is loaded
   */
  record Outcome(Path model, GateReport report) {}

  /**
   * @param all where such folders are
   * @param log where the operator reads how it goes
   * @param terminal whether that is one
   */
  Pipeline(
      Kind kind,
      PipelineOptions options,
      Origin origin,
      Processor processor,
      Material material,
      Path all,
      PrintStream log,
      boolean terminal)
      throws IOException {
    this.kind = kind;
    this.options = options;
    this.origin = origin;
    this.processor = processor;
    this.material = material;
    this.all = all;
    this.log = log;
    this.terminal = terminal;
    this.name = kind.key() + "-" + fingerprint().substring(0, SHOWN);
  }

  /**
   * The version's: of kind, material, model and options, so that the same training has the same.
   */
  String name() {
    return name;
  }

  Origin origin() {
    return origin;
  }

  String dataHash() {
    return material.sha256();
  }

  /** For the version: a JSON object. */
  String settings() {
    return new ObjectMapper()
        .createObjectNode()
        .put("options", options.toString())
        .put("answers", learnsAnswers() ? material.answers().size() : 0)
        .put("pairs", learnsPairs() ? material.pairs().size() : 0)
        .put("judged", material.judgedPairs().size())
        .toString();
  }

  /** The last step of each stage, as it was measured: a JSON object. */
  String metrics() {
    ObjectNode all = new ObjectMapper().createObjectNode();
    for (String each : List.of("sft", "dpo", "reward", "ppo", "judge")) {
      StageProgress.lastStep(new RunFolder(folder().resolve(each)).metrics())
          .ifPresent(step -> all.set(each, step));
    }
    return all.toString();
  }

  Path folder() {
    return all.resolve(name);
  }

  /** Of the stage that runs, or of the last one; any thread may ask. */
  Path stageFolder() {
    return folder().resolve(stage);
  }

  String stage() {
    return stage;
  }

  private String fingerprint() throws IOException {
    try (ModelParts parts = origin.parts()) {
      String text = String.join("\n", kind.key(), dataHash(), options.toString(), parts.identity());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What is learned from, of this kind. */
  private boolean learnsAnswers() {
    return kind != Kind.DPO && !material.answers().isEmpty();
  }

  private boolean learnsPairs() {
    return kind != Kind.SFT && !material.pairs().isEmpty();
  }

  private boolean hasJudge() {
    return material.judgedPairs().size() >= FEWEST_JUDGED;
  }

  /** Whether there is nothing to learn from. */
  boolean isEmpty() {
    return !learnsAnswers() && !learnsPairs();
  }

  /** What it will read and cost. Loads the model, and measures how fast it learns here. */
  TrainingPlan plan() throws IOException {
    try (ModelParts parts = origin.parts();
        Cost cost = new Cost(parts, processor, options)) {
      if (learnsAnswers()) {
        cost.answers(material.answers(), options.answers());
      }
      if (learnsPairs() && kind == Kind.PPO) {
        cost.pairs(material.pairs(), options.reward());
        cost.policy(material.pairs(), options.policy());
      } else if (learnsPairs()) {
        cost.pairs(material.pairs(), options.preferences());
      }
      if (hasJudge()) {
        cost.pairs(material.judgedPairs(), options.reward());
      }
      return cost.plan(
          learnsAnswers() ? material.answers().size() : 0,
          learnsPairs() ? material.pairs().size() : 0,
          material.judgedPairs().size());
    }
  }

  /**
   * Trains and examines; what people wrote is on the disk only meanwhile.
   *
   * @param stops says after each step whether to stop, and may take its time
   * @return empty where it was stopped
   */
  Optional<Outcome> run(Supplier<? extends StopSignal> stops) throws IOException {
    Files.createDirectories(folder());
    try (PrivateFolder data = new PrivateFolder(folder().resolve(DATA))) {
      return run(data, stops);
    }
  }

  private Optional<Outcome> run(PrivateFolder data, Supplier<? extends StopSignal> stops)
      throws IOException {
    Optional<Path> trained = Optional.empty();
    if (learnsAnswers()) {
      Path file = data.write("answers.jsonl", Material.ofAnswers(material.answers()));
      Rows rows = new Rows(file, options.answers(), 0);
      trained = train("sft", rows, trained, stops, of(new Supervised(false)));
      if (trained.isEmpty()) {
        return Optional.empty();
      }
    }
    if (learnsPairs()) {
      Path file = data.write("pairs.jsonl", Material.ofPairs(material.pairs()));
      trained =
          kind == Kind.PPO ? reinforce(data, file, trained, stops) : prefer(file, trained, stops);
      if (trained.isEmpty()) {
        return Optional.empty();
      }
    }
    Optional<Path> judge = Optional.empty();
    if (hasJudge()) {
      Path file = data.write("judge.jsonl", Material.ofPairs(material.judgedPairs()));
      judge = reward("judge", new Rows(file, options.judge(), Gate.JUDGE_HELD_OUT), stops);
      if (judge.isEmpty()) {
        return Optional.empty();
      }
    }
    stage = "examination";
    try (StopSignal stop = stops.get()) {
      Gate gate = new Gate(origin, processor, options, material, stop::given, log);
      Path model = trained.orElseThrow();
      return gate.examine(model, judge).map(report -> new Outcome(model, report));
    }
  }

  private Optional<Path> prefer(
      Path pairs, Optional<Path> from, Supplier<? extends StopSignal> stops) throws IOException {
    Rows rows = new Rows(pairs, options.preferences(), 0);
    return train("dpo", rows, from, stops, of(new DirectPreference(options.beta())));
  }

  private Optional<Path> reward(String name, Rows rows, Supplier<? extends StopSignal> stops)
      throws IOException {
    return train(
        name, rows, Optional.empty(), stops, of(new Reward(Reading.WHOLE, 0, options.seed())));
  }

  /** By a reward model of the pairs, which is another one than what judges at the end. */
  private Optional<Path> reinforce(
      PrivateFolder data, Path pairs, Optional<Path> from, Supplier<? extends StopSignal> stops)
      throws IOException {
    Optional<Path> reward = reward("reward", new Rows(pairs, options.reward(), 0), stops);
    if (reward.isEmpty()) {
      return Optional.empty();
    }
    String prompts = Material.ofAnswers(material.answers()) + Material.ofPairs(material.pairs());
    PipelineOptions.Policy policy = options.policy();
    return train(
        "ppo",
        new Rows(data.write("prompts.jsonl", prompts), policy.how(), 0),
        from,
        stops,
        (request, parts, operator) ->
            new Reinforcement(
                    policy.by(reward.get()), request, parts, origin.name(), processor, operator)
                .run());
  }

  /** What a stage reads, and how. */
  private record Rows(Path file, TrainingOptions how, double heldOut) {}

  /** What a stage does; says whether it came to its end. */
  @FunctionalInterface
  private interface Lesson {
    boolean run(TrainingRequest request, ModelParts parts, Training.Operator operator)
        throws IOException;
  }

  private Lesson of(Stage<?> way) {
    return (request, parts, operator) ->
        new Training<>(way, request, parts, origin.name(), processor, operator).run();
  }

  /**
   * One stage, unless it was done before.
   *
   * @param from what is trained further; empty for the origin
   * @return where what was learned is; empty where it was stopped
   */
  private Optional<Path> train(
      String name,
      Rows rows,
      Optional<Path> from,
      Supplier<? extends StopSignal> stops,
      Lesson lesson)
      throws IOException {
    stage = name;
    Path out = stageFolder();
    if (new RunFolder(out).finished()) {
      return Optional.of(out);
    }
    TrainingRequest request =
        new TrainingRequest(
            List.of(rows.file()),
            Optional.of(out),
            Optional.of(options.lora()),
            rows.how(),
            options.maxTokens(),
            rows.heldOut(),
            false,
            true);
    Training.Operator operator =
        new Training.Operator(all, LocalDate.EPOCH, log, log, terminal, question -> true, stops);
    try (ModelParts parts = from.isPresent() ? origin.parts(from.get()) : origin.parts()) {
      return lesson.run(request, parts, operator) ? Optional.of(out) : Optional.empty();
    }
  }
}
