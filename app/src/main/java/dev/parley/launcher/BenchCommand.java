package dev.parley.launcher;

import dev.parley.bench.Bench;
import dev.parley.bench.Json;
import dev.parley.bench.Picture;
import dev.parley.bench.Report;
import dev.parley.bench.Table;
import dev.parley.configuration.Configuration;
import dev.parley.loading.Loaded;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley bench}: how fast the model is on this machine, and for how many people. */
@Command(
    name = "bench",
    description = "Measures the model's speed on this machine.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      description = "Medians are over so many rounds (${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int rounds;

  @Option(
      names = "--only",
      paramLabel = "MEASURE",
      split = ",",
      description = "Only these: prefill, decode, burst, stall, warm, memory.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes all figures as JSON; - writes them instead of the table.")
  private @Nullable String json;

  @Option(names = "--picture", paramLabel = "FILE", description = "Also draws them, as PNG.")
  private @Nullable Path picture;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check();
    Configuration configuration = Parley.configuration();
    Logging.start(configuration, false);
    try (Loaded loaded = new Models(configuration, System.err).withoutConversations().load()) {
      Bench bench =
          new Bench(
              loaded.model(), loaded.sampling(), rounds, RandomGenerator.getDefault(), System.err);
      write(bench.run(only.isEmpty() ? Bench.names() : only, loaded.runsOn()));
    }
    return 0;
  }

  private void check() {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds must be at least 1");
    }
    for (String name : only) {
      if (!Bench.names().contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--only knows no %s: choose of %s".formatted(name, String.join(", ", Bench.names())));
      }
    }
  }

  private void write(Report report) throws Exception {
    System.out.print(STANDARD_OUTPUT.equals(json) ? Json.of(report) + "\n" : Table.of(report));
    if (json != null && !json.equals(STANDARD_OUTPUT)) {
      Files.writeString(Path.of(json), Json.of(report) + "\n");
    }
    if (picture != null) {
      Picture.write(report, picture);
    }
  }
}
