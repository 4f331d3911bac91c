package dev.parley.launcher;

import dev.parley.demo.RankingDemo;
import dev.parley.model.ranking.RankerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley train demo ranking}. */
@Command(
    name = "ranking",
    description =
        "Learns which reply fits a dialogue, and examines it by one right reply among ten.",
    mixinStandardHelpOptions = true)
final class RankingDemoCommand implements Callable<Integer> {
  @Mixin private final DemoCommand.Arguments arguments = new DemoCommand.Arguments();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "Dialogues in the text format of XDailyDialog, compressed by gzip or not.")
  private Path data;

  @Option(
      names = "--parallel",
      paramLabel = "FILE",
      description =
          "The same dialogues, line by line, in a language that the model knows better: it is"
              + " taught by these.")
  private @Nullable Path parallel;

  @Option(
      names = "--folds",
      paramLabel = "NUMBER",
      description = "Parts of the dialogues, of which each is held out once (${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int folds;

  @Option(
      names = "--epochs",
      paramLabel = "NUMBER",
      description = "How often each reply is learned from (${DEFAULT-VALUE}).",
      defaultValue = "8")
  private int epochs;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model that teaches, as for ./parley train sft.")
  private @Nullable String model;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return TrainCommand.train(
        model,
        "Stopping …",
        (parts, name, processor, operator) -> {
          Path picture = arguments.folder("ranking", operator.folders()).resolve(stem() + ".png");
          RankingDemo.Request request =
              TrainCommand.checked(
                  spec,
                  () ->
                      new RankingDemo.Request(
                          data,
                          Optional.ofNullable(parallel),
                          folds,
                          RankerOptions.USUAL.withEpochs(epochs).withSeed(arguments.seed()),
                          picture));
          return new RankingDemo(request, parts, name, processor, operator).run();
        });
  }

  /** The data's name without what says its format. */
  private String stem() {
    return data.getFileName().toString().replaceFirst("\\..*", "");
  }
}
