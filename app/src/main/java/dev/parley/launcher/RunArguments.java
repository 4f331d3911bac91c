package dev.parley.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all that learns from the operator's files has in common on the command line. */
final class RunArguments {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description =
          "JSON lines in one of the usual shapes, compressed by gzip or not; may be given several"
              + " times.")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A model of ./parley model list, or the path of a file or folder.")
  private @Nullable String model;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where what is learned goes (a new folder in training/ of the data folder).")
  private @Nullable Path out;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description = "Of the questions, to examine by what was not learned (${DEFAULT-VALUE}).",
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

  List<Path> data() {
    return data;
  }

  @Nullable String model() {
    return model;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  double heldOut() {
    return heldOut;
  }

  boolean leaveOutBadLines() {
    return leaveOutBadLines;
  }

  boolean agreed() {
    return yes;
  }

  long seed() {
    return seed;
  }
}
