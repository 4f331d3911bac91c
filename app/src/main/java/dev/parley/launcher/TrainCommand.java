package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.loading.Attended;
import dev.parley.loading.ModelChoice;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Reading;
import dev.parley.model.transformer.Processor;
import dev.parley.training.DirectPreference;
import dev.parley.training.Reinforcement;
import dev.parley.training.ReinforcementOptions;
import dev.parley.training.Reward;
import dev.parley.training.Stage;
import dev.parley.training.StopSignal;
import dev.parley.training.Supervised;
import dev.parley.training.Training;
import dev.parley.training.TrainingRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley train}: teaches a model by examples, or by what people preferred. */
@Command(
    name = "train",
    description = "Trains a model on data of one's own.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.SftCommand.class,
      TrainCommand.RewardCommand.class,
      TrainCommand.DpoCommand.class,
      TrainCommand.PpoCommand.class,
      RankCommand.class,
      ClassifierCommand.class,
      TrainAllCommand.class,
      DemoCommand.class
    })
final class TrainCommand {
  /** A step of a large model may take minutes, and so may writing it. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(30);

  /** {@code parley train sft}. */
  @Command(
      name = "sft",
      description = "Supervised fine-tuning: learns to answer as conversations show.",
      mixinStandardHelpOptions = true)
  static final class SftCommand implements Callable<Integer> {
    @Option(
        names = "--plain",
        description =
            "Turns as lines of plain text with the end token after each answer, all of it learned:"
                + " for models that know no chat, such as GPT-2.")
    private boolean plain;

    @Mixin private final TrainingArguments arguments = new TrainingArguments();

    @Override
    public Integer call() throws Exception {
      TrainingRequest request = arguments.request(TrainingArguments.Usual.SFT);
      return train(new Supervised(plain), request, arguments.model());
    }
  }

  /** {@code parley train reward}. */
  @Command(
      name = "reward",
      description = "A reward model: learns which of two answers people prefer.",
      mixinStandardHelpOptions = true)
  static final class RewardCommand implements Callable<Integer> {
    @Option(
        names = "--margin",
        paramLabel = "NUMBER",
        description = "By how much better answers are to lead (${DEFAULT-VALUE}).",
        defaultValue = "0")
    private double margin;

    @Option(
        names = "--layers",
        paramLabel = "NUMBER",
        description = "Reads with so many of the model's layers, from the first (all).",
        defaultValue = "0",
        showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private int layers;

    @Option(
        names = "--read",
        paramLabel = "TOKENS",
        description =
            "Reads no more of a sequence: the prompt's end, the answer's beginning and end (all).",
        defaultValue = "0",
        showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private int read;

    @Option(
        names = "--mean",
        description = "Scores are the mean over an answer's tokens, rather than of its last.")
    private boolean mean;

    @Option(
        names = "--surface",
        description = "How long an answer is and how much it repeats itself counts as such.")
    private boolean surface;

    @Mixin private final TrainingArguments arguments = new TrainingArguments();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      TrainingRequest request = arguments.request(TrainingArguments.Usual.REWARD);
      Reward reward =
          checked(
              spec,
              () ->
                  new Reward(
                      new Reading(layers, read, mean, surface), margin, request.options().seed()));
      return train(reward, request, arguments.model());
    }
  }

  /** {@code parley train dpo}. */
  @Command(
      name = "dpo",
      description = "Direct preference optimization: learns from pairs without a reward model.",
      mixinStandardHelpOptions = true)
  static final class DpoCommand implements Callable<Integer> {
    @Option(
        names = "--beta",
        paramLabel = "NUMBER",
        description = "How dear it is to leave the model of the beginning (${DEFAULT-VALUE}).",
        defaultValue = "0.1")
    private double beta;

    @Mixin private final TrainingArguments arguments = new TrainingArguments();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      TrainingRequest request = arguments.request(TrainingArguments.Usual.DPO);
      DirectPreference preference = checked(spec, () -> new DirectPreference(beta));
      return train(preference, request, arguments.model());
    }
  }

  /** {@code parley train ppo}. */
  @Command(
      name = "ppo",
      description =
          "Reinforcement learning: learns to answer prompts as a reward model likes it, by proximal"
              + " policy optimization.",
      mixinStandardHelpOptions = true)
  static final class PpoCommand implements Callable<Integer> {
    @Option(
        names = "--reward",
        paramLabel = "FOLDER",
        required = true,
        description = "What ./parley train reward left, of the same model.")
    private Path reward = Path.of("");

    @Option(
        names = "--iterations",
        paramLabel = "NUMBER",
        description = "How often answers are written and learned from (${DEFAULT-VALUE}).",
        defaultValue = "40")
    private int iterations;

    @Option(
        names = "--answers",
        paramLabel = "NUMBER",
        description = "Answers of an iteration (${DEFAULT-VALUE}).",
        defaultValue = "64")
    private int answers;

    @Option(
        names = "--answer-tokens",
        paramLabel = "TOKENS",
        description = "Longest answer (${DEFAULT-VALUE}).",
        defaultValue = "128")
    private int answerTokens;

    @Option(
        names = "--beta",
        paramLabel = "NUMBER",
        description =
            "What a nat costs by which an answer leaves the model of the beginning"
                + " (${DEFAULT-VALUE}).",
        defaultValue = "0.1")
    private double beta;

    @Option(
        names = "--most-kl",
        paramLabel = "NATS",
        description = "Ends where an answer leaves it by more in the mean (never).")
    private @Nullable Double mostDivergence;

    @Mixin private final TrainingArguments arguments = new TrainingArguments();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      TrainingRequest request = arguments.request(TrainingArguments.Usual.PPO);
      ReinforcementOptions options =
          checked(
              spec,
              () ->
                  new ReinforcementOptions(
                      reward,
                      iterations,
                      answers,
                      answerTokens,
                      beta,
                      Objects.requireNonNullElse(mostDivergence, Double.MAX_VALUE)));
      return train(
          arguments.model(),
          (parts, name, processor, operator) ->
              checked(
                      spec,
                      () -> new Reinforcement(options, request, parts, name, processor, operator))
                  .run());
    }
  }

  /** What the command line gave, whose constructor checks it. */
  static <T> T checked(CommandSpec spec, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static <R> int train(Stage<R> stage, TrainingRequest request, @Nullable String model)
      throws Exception {
    return train(
        model,
        (parts, name, processor, operator) ->
            new Training<>(stage, request, parts, name, processor, operator).run());
  }

  /** Trains a model that is open; says whether the end was reached. */
  @FunctionalInterface
  interface Lesson {
    boolean run(ModelParts parts, String name, Processor processor, Training.Operator operator)
        throws Exception;
  }

  /**
   * Opens a model for a lesson.
   *
   * @return the exit status
   */
  static int train(@Nullable String model, Lesson lesson) throws Exception {
    return train(model, "Finishing this step and saving …", lesson);
  }

  /**
   * As above.
   *
   * @param stopping what is said at once when it is to stop
   */
  static int train(@Nullable String model, String stopping, Lesson lesson) throws Exception {
    Configuration configuration = Parley.configuration();
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    Models models = new Models(configuration, System.err).withoutConversations();
    ModelChoice choice = model == null ? models.choices().wanted() : models.choices().named(model);
    try (ModelParts parts = models.parts(choice)) {
      Processor processor = configuration.model().processor().orElseGet(Processor::best);
      Training.Operator operator =
          new Training.Operator(
              configuration.trainingFolder(),
              LocalDate.now(ZoneId.systemDefault()),
              System.out,
              System.err,
              Attended.here(),
              TrainCommand::agrees,
              () -> listen(stopping));
      return lesson.run(parts, name(choice, parts.path()), processor, operator) ? 0 : 1;
    }
  }

  private static String name(ModelChoice choice, Path path) {
    return choice instanceof ModelChoice.Listed listed
        ? listed.entry().name()
        : String.valueOf(path.getFileName());
  }

  static boolean agrees(String question) {
    return Attended.ask(question)
        .map(answer -> Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT)))
        .orElse(true);
  }

  static StopSignal listen(String stopping) {
    return EndSignal.listen(LONGEST_STEP, () -> System.err.println("\n" + stopping));
  }
}
