package dev.parley.pipeline;

import dev.parley.learning.NewVersion;
import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.TrainingData;
import dev.parley.learning.TrainingPlan;
import dev.parley.learning.Version;
import dev.parley.learning.VersionStore;
import dev.parley.model.ModelException;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Processor;
import dev.parley.training.StopSignal;
import dev.parley.training.TimeText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** From ratings to a version in the store, wherever that is begun. Thread-safe. */
public final class VersionTraining {
  private static final String READING = "reading-";
  private static final double MEGABYTE = 1e6;

  private final TrainingData data;
  private final VersionStore versions;
  private final Supplier<? extends Origin> origins;
  private final Supplier<Processor> processors;
  private final Path folder;
  private final String system;
  private final PipelineOptions options;

  /**
   * Makes one.
   *
   * @param origins finds out what is trained further now
   * @param processors finds out where networks run; may start the engine
   * @param folder in which trainings have their folders
   * @param system what the model is told first in every conversation
   */
  public VersionTraining(
      TrainingData data,
      VersionStore versions,
      Supplier<? extends Origin> origins,
      Supplier<Processor> processors,
      Path folder,
      String system,
      PipelineOptions options) {
    this.data = data;
    this.versions = versions;
    this.origins = origins;
    this.processors = processors;
    this.folder = folder;
    this.system = system;
    this.options = options;
  }

  /**
   * Removes what people wrote, where a process was killed while it learned from that. Not while
   * something is trained there.
   */
  void cleanUp() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> left = new ArrayList<>();
    try (Stream<Path> runs = Files.list(folder)) {
      runs.forEach(
          run ->
              left.add(
                  run.getFileName().toString().startsWith(READING)
                      ? run
                      : run.resolve(Pipeline.DATA)));
    }
    for (Path each : left) {
      new PrivateFolder(each).close();
    }
  }

  /**
   * Reads what people allow to learn from now, and what files have.
   *
   * @param log where the operator reads how it goes
   * @param terminal whether that is one
   * @throws ModelException where a file cannot be used, or all of it was learned already
   */
  Pipeline prepare(Kind kind, List<Path> imports, PrintStream log, boolean terminal)
      throws IOException {
    cleanUp();
    Files.createDirectories(folder);
    Path meanwhile = Files.createTempDirectory(folder, READING);
    Material material;
    try {
      material =
          Material.gather(
              data.snapshot(),
              imports,
              system,
              new HeldOut(options.judged(), options.seed()),
              meanwhile);
    } finally {
      Files.delete(meanwhile);
    }
    Pipeline pipeline =
        new Pipeline(
            kind, options, origins.get(), processors.get(), material, folder, log, terminal);
    if (versions.find(pipeline.name()).isPresent()) {
      throw new ModelException(
          "%s learned from the same already: there is nothing new since."
              .formatted(pipeline.name()));
    }
    return pipeline;
  }

  /** Keeps what came of it as a version. */
  Version keep(Kind kind, Pipeline pipeline, Pipeline.Outcome outcome) {
    Version version =
        versions.add(
            new NewVersion(
                pipeline.name(),
                pipeline.origin().version(),
                kind.key(),
                outcome.model().toAbsolutePath(),
                pipeline.dataHash(),
                pipeline.settings(),
                pipeline.metrics()));
    versions.examined(version.id(), outcome.report().passed(), outcome.report().json());
    return version;
  }

  /**
   * Trains from the command line.
   *
   * @param agrees asked once the plan was shown
   * @param terminal whether {@code err} is one
   * @return whether there is a new version
   */
  public boolean run(
      Kind kind,
      List<Path> imports,
      BooleanSupplier agrees,
      PrintStream out,
      PrintStream err,
      boolean terminal,
      Supplier<? extends StopSignal> stops)
      throws IOException {
    Pipeline pipeline = prepare(kind, imports, err, terminal);
    if (pipeline.isEmpty()) {
      throw new ModelException(
          "There is nothing to learn from: nobody who agreed by /privacy rated or taught yet, and"
              + " no file was named by --data.");
    }
    out.print(text(pipeline, pipeline.plan()));
    if (!agrees.getAsBoolean()) {
      return false;
    }
    Optional<Pipeline.Outcome> outcome = pipeline.run(stops);
    if (outcome.isEmpty()) {
      return false;
    }
    Version version = keep(kind, pipeline, outcome.get());
    out.print(outcome.get().report().table());
    out.printf("Version %s is in %s%n", version.name(), version.folder());
    if (outcome.get().report().passed()) {
      out.println("/operator tries it on a share of the conversations.");
    }
    return true;
  }

  private static String text(Pipeline pipeline, TrainingPlan plan) {
    return """
    A new version of %s
    rows       %,d good answers and %,d pairs to learn from, %,d pairs to judge by
    work       %,d steps, %,d tokens
    memory     at most %,.0f MB beside the program; %,.0f MB are free
    time       about %s
    folder     %s
    """
        .formatted(
            pipeline.origin().name(),
            plan.answers(),
            plan.pairs(),
            plan.judged(),
            plan.steps(),
            plan.tokens(),
            plan.memory() / MEGABYTE,
            plan.free() / MEGABYTE,
            TimeText.of((double) plan.time().toSeconds()),
            pipeline.folder());
  }
}
