package dev.parley.launcher;

import dev.parley.model.ranking.RankerOptions;
import dev.parley.training.Ranking;
import dev.parley.training.RankingRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley train rank}. */
@Command(
    name = "rank",
    description =
        "A response ranker: learns which of several replies fits a dialogue, from conversations or"
            + " compared answers. The model teaches what texts mean, and is not changed.",
    mixinStandardHelpOptions = true)
final class RankCommand implements Callable<Integer> {
  @Mixin private final RunArguments run = new RunArguments();

  @Option(
      names = "--without-teacher",
      description = "Learns from the data alone, of which it then wants much more.")
  private boolean alone;

  @Option(
      names = "--epochs",
      paramLabel = "NUMBER",
      description = "How often each reply is learned from (${DEFAULT-VALUE}).",
      defaultValue = "8")
  private int epochs;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    RankingRequest request =
        TrainCommand.checked(
            spec,
            () ->
                new RankingRequest(
                    run.data(),
                    run.out(),
                    RankerOptions.USUAL.withEpochs(epochs).withSeed(run.seed()),
                    !alone,
                    run.heldOut(),
                    run.leaveOutBadLines(),
                    run.agreed()));
    return TrainCommand.train(
        run.model(),
        "Stopping …",
        (parts, name, processor, operator) ->
            new Ranking(request, parts, name, processor, operator).run());
  }
}
