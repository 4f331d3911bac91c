package dev.parley.launcher;

import dev.parley.model.ranking.RankerOptions;
import dev.parley.training.Ranking;
import dev.parley.training.RankingRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley train rank}. */
@Command(
    name = "rank",
    description = "A response ranker: learns which of several replies fits a dialogue.",
    mixinStandardHelpOptions = true)
final class RankCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description =
          "JSON lines of conversations or of compared answers in one of the usual shapes,"
              + " compressed by gzip or not; may be given several times.")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model that teaches what texts mean, as for ./parley train sft.")
  private @Nullable String model;

  @Option(
      names = "--without-teacher",
      description = "Learns from the data alone, of which it then wants much more.")
  private boolean alone;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where what is learned goes (a new folder in training/ of the data folder).")
  private @Nullable Path out;

  @Option(
      names = "--epochs",
      paramLabel = "NUMBER",
      description = "How often each reply is learned from (${DEFAULT-VALUE}).",
      defaultValue = "8")
  private int epochs;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description =
          "Of the first questions, to examine by what was not learned (${DEFAULT-VALUE}).",
      defaultValue = "0.1")
  private double heldOut;

  @Option(
      names = "--leave-out-bad-lines",
      description = "Goes on without lines that cannot be used.")
  private boolean leaveOutBadLines;

  @Option(
      names = {"-y", "--yes"},
      description = "Agree to the cost beforehand.")
  private boolean yes;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "The same number learns the same (${DEFAULT-VALUE}).",
      defaultValue = "1",
      converter = Seed.class)
  private long seed;

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
                    data,
                    Optional.ofNullable(out),
                    RankerOptions.USUAL.withEpochs(epochs).withSeed(seed),
                    !alone,
                    heldOut,
                    leaveOutBadLines,
                    yes));
    return TrainCommand.train(
        model,
        "Stopping …",
        (parts, name, processor, operator) ->
            new Ranking(request, parts, name, processor, operator).run());
  }
}
