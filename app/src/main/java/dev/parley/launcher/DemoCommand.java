package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.demo.ConversationDemo;
import dev.parley.demo.PolarityDemo;
import dev.parley.demo.PolarityRecipe;
import dev.parley.logging.Logging;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code parley train demo}: shows on data of the operator's what each way to learn is good for.
 * Each ends in a table and a picture.
 */
@Command(
    name = "demo",
    description = "Shows what training does, with a table and a picture.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.PolarityCommand.class,
      DemoCommand.ConversationCommand.class,
      RankingDemoCommand.class
    })
final class DemoCommand {
  /** What all have in common. */
  static final class Arguments {
    @Option(
        names = "--out",
        paramLabel = "FOLDER",
        description = "Where the picture goes (a new folder in training/ of the data folder).")
    private @Nullable Path out;

    @Option(
        names = "--seed",
        paramLabel = "NUMBER",
        description = "The same number learns the same (${DEFAULT-VALUE}).",
        defaultValue = "1",
        converter = Seed.class)
    private long seed;

    long seed() {
      return seed;
    }

    /**
     * The folder that was named, or one of its own.
     *
     * @param folders where such folders are
     */
    Path folder(String name, Path folders) {
      String usual = "demo-%s-%s".formatted(name, LocalDate.now(ZoneId.systemDefault()));
      return Objects.requireNonNullElse(out, folders.resolve(usual));
    }
  }

  /** {@code parley train demo polarity}. */
  @Command(
      name = "polarity",
      description =
          "A small network learns from scratch to write sentences of film reviews, then from a"
              + " reward model to write positive ones.",
      mixinStandardHelpOptions = true)
  static final class PolarityCommand implements Callable<Integer> {
    @Option(
        names = "--data",
        paramLabel = "FILE",
        required = true,
        description = "The corpus sentence_polarity.zip of NLTK.")
    private Path data = Path.of("");

    @Mixin private final Arguments arguments = new Arguments();

    @Override
    public Integer call() throws Exception {
      Configuration configuration = Parley.configuration();
      DataFolder.make(configuration);
      Logging.start(configuration, false);
      Path folder = arguments.folder("polarity", configuration.trainingFolder());
      new PolarityDemo(
              data, PolarityRecipe.usual(arguments.seed), arguments.seed, System.out, System.err)
          .run(folder);
      return 0;
    }
  }

  /** {@code parley train demo conversation}. */
  @Command(
      name = "conversation",
      description =
          "A model learns one conversation by the plain recipe, until it repeats each answer word"
              + " for word.",
      mixinStandardHelpOptions = true)
  static final class ConversationCommand implements Callable<Integer> {
    /** A small model and a single conversation bear more than is usual. */
    private static final double RATE = 1e-3;

    @Option(
        names = "--model",
        paramLabel = "MODEL",
        description = "A model of ./parley model list, or the path of a file or folder.")
    private @Nullable String model;

    @Mixin private final Arguments arguments = new Arguments();

    @Override
    public Integer call() throws Exception {
      return TrainCommand.train(
          model,
          (parts, name, processor, operator) ->
              new ConversationDemo(
                      parts,
                      ConversationDemo.usual(),
                      RATE,
                      arguments.seed,
                      operator.out(),
                      operator.err())
                  .run(arguments.folder("conversation", operator.folders())));
    }
  }
}
