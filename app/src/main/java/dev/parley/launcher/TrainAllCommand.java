package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.MessageTree;
import dev.parley.learning.ComparisonStore;
import dev.parley.learning.ConsentStore;
import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.TrainingData;
import dev.parley.learning.VersionStore;
import dev.parley.loading.Attended;
import dev.parley.loading.Models;
import dev.parley.loading.VersionLoader;
import dev.parley.logging.Logging;
import dev.parley.pipeline.VersionTraining;
import dev.parley.storage.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code parley train all}: a new version of the model from what the bot's people allowed to learn
 * from. While the bot runs, {@code /operator} does the same.
 */
@Command(
    name = "all",
    description =
        "A new version of the model from people's ratings: learns good answers, then preferences,"
            + " and examines what came of it. While the bot runs, /operator does this.",
    mixinStandardHelpOptions = true)
final class TrainAllCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Further JSON lines, of good answers or of preferences; may be given several times.")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "all; sft or dpo: answers or preferences alone; ppo: all, with preferences by a reward"
              + " model and reinforcement learning (${DEFAULT-VALUE}).",
      defaultValue = "all",
      converter = Kinds.class)
  private Kind kind = Kind.ALL;

  @Option(
      names = {"-y", "--yes"},
      description = "Agree to the cost beforehand.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Parley.configuration();
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    Clock clock = Clock.systemUTC();
    try (Database database = Database.open(configuration.databaseFile())) {
      VersionStore versions = new VersionStore(database, clock);
      VersionLoader loader = new VersionLoader(new Models(configuration, System.err));
      VersionTraining training =
          Wiring.training(configuration, loader, versions, data(database, clock));
      return training.run(
              kind,
              data,
              () -> yes || TrainCommand.agrees("Train? [y/N] "),
              System.out,
              System.err,
              Attended.here(),
              () -> TrainCommand.listen("Finishing this step and saving …"))
          ? 0
          : 1;
    }
  }

  private static TrainingData data(Database database, Clock clock) {
    ConversationStore conversations = new ConversationStore(database, clock);
    MessageTree tree = new MessageTree(database, conversations, clock);
    return new TrainingData(
        database,
        new ConsentStore(database, clock),
        new ComparisonStore(database, conversations, tree, clock),
        tree);
  }

  /** As {@code /operator} has them. */
  static final class Kinds implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String key) {
      return Kind.of(key)
          .orElseThrow(() -> new TypeConversionException("expected all, sft, dpo or ppo"));
    }
  }
}
