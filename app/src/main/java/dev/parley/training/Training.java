package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Objective;
import dev.parley.model.training.TrainingRun;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.TrainingFootprint;
import dev.parley.model.transformer.Weights;
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
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A stage from its data to what it learned. Confined to one thread. */
public final class Training<R> {
  private final Stage<R> stage;
  private final TrainingRequest request;
  private final ModelParts parts;
  private final String model;
  private final Processor processor;
  private final Operator operator;

  /**
   * Whoever runs it.
   *
   * @param folders where runs have their folders
   * @param today for a new one's name
   * @param out for the plan and what came out
   * @param err for what happens meanwhile
   * @param terminal whether {@code err} is one
   * @param agrees puts a question; true where nobody is there to say no
   * @param stops listens whether to stop
   */
  public record Operator(
      Path folders,
      LocalDate today,
      PrintStream out,
      PrintStream err,
      boolean terminal,
      Predicate<String> agrees,
      Supplier<? extends StopSignal> stops) {}

  /**
   * @param model its name, for people
   */
  public Training(
      Stage<R> stage,
      TrainingRequest request,
      ModelParts parts,
      String model,
      Processor processor,
      Operator operator) {
    this.stage = stage;
    this.request = request;
    this.parts = parts;
    this.model = model;
    this.processor = processor;
    this.operator = operator;
  }

  /**
   * Shows the plan, asks, and trains to the end, unless it is to stop before.
   *
   * @return whether the end was reached
   * @throws ModelException where data, model or options do not allow it, in sentences for people
   */
  public boolean run() throws IOException {
    if (request.lora().isEmpty() && parts.folder().isEmpty()) {
      throw new ModelException(
          "All weights are written as a folder of transformers, and %s is none: leave --full out, or name the folder of its model."
              .formatted(parts.path()));
    }
    int longest = Math.min(request.maxTokens(), parts.checkpoint().contextLength());
    DataFiles files = new DataFiles(request.data(), request.leaveOutBadLines());
    TrainingRows<R> rows =
        stage.read(files, new HeldOut(request.heldOut(), request.options().seed()), parts, longest);
    if (rows.training().isEmpty()) {
      throw new ModelException(
          "No row is left to learn from: %,d are held out, %,d have no room for an answer in %,d tokens."
              .formatted(rows.heldOut().size(), rows.leftOut(), longest));
    }
    String name = name(files);
    RunFolder folder =
        RunFolder.choose(request.out(), operator.folders(), stage.name(), operator.today(), name);
    Metrics.requireRun(folder.metrics(), name);
    Plan plan = plan(files, rows, need(rows.training(), longest), folder);
    operator.out().println(plan.text());
    if (!plan.fits() && !agrees("That is more memory than is free. Load the model all the same?")) {
      return false;
    }
    try (TrainableTransformer network = load(longest)) {
      if (!Files.exists(folder.state()) && !agreesToTime(network, rows)) {
        return false;
      }
      return train(network, rows, folder, name);
    }
  }

  private TrainingFootprint need(List<R> rows, int longest) throws IOException {
    int row = rows.stream().mapToInt(stage::tokens).max().orElseThrow();
    int batch = Math.multiplyExact(row, request.options().batchSize());
    int together = Math.max(row, Math.min(request.options().tokensAtOnce(), batch));
    try {
      return TrainingFootprint.of(parts.checkpoint(), request.lora(), together, longest);
    } catch (IllegalArgumentException e) { // a target that this network does not have
      throw new ModelException(String.valueOf(e.getMessage()));
    }
  }

  /** Of data, model and options: what the same numbers come out of. */
  private String name(DataFiles files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.digest(digest);
      String options =
          String.join(
              "\n", stage.name(), stage.fingerprint(), request.fingerprint(), parts.identity());
      return HexFormat.of().formatHex(digest.digest(options.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Plan plan(
      DataFiles files, TrainingRows<R> rows, TrainingFootprint need, RunFolder folder) {
    long perEpoch = Math.ceilDiv(rows.training().size(), request.options().batchSize());
    return new Plan(
        stage.title(),
        model,
        request,
        files.reports(),
        rows,
        tokens(rows.training()),
        perEpoch * request.options().epochs(),
        need,
        FreeMemory.here(),
        folder);
  }

  private long tokens(List<R> rows) {
    return rows.stream().mapToLong(stage::tokens).sum();
  }

  private boolean agrees(String question) {
    return request.agreed() || operator.agrees().test(question + " [y/N] ");
  }

  private TrainableTransformer load(int longest) throws IOException {
    Weights compute = processor == Processor.CUDA ? processor.usualWeights() : Weights.FP32;
    return request.lora().isPresent()
        ? TrainableTransformer.lora(
            parts.checkpoint(), processor, compute, longest, request.lora().get())
        : TrainableTransformer.full(parts.checkpoint(), processor, compute, longest);
  }

  /** Measures how fast this machine is, and asks. */
  private boolean agreesToTime(TrainableTransformer network, TrainingRows<R> rows) {
    int epochs = request.options().epochs();
    double pace = Pace.measure(stage, network, rows.training(), request.options().tokensAtOnce());
    double read = (double) tokens(rows.heldOut()) * (epochs + 1);
    if (stage.readsFirst()) {
      read += tokens(rows.all());
    }
    double seconds = (tokens(rows.training()) * (double) epochs + read / Pace.READING) / pace;
    operator.out().printf("time       about %s, at %,.0f tokens/s%n", TimeText.of(seconds), pace);
    return agrees("Train?");
  }

  private boolean train(
      TrainableTransformer network, TrainingRows<R> rows, RunFolder folder, String name)
      throws IOException {
    Files.createDirectories(folder.path());
    if (stage.readsFirst()) {
      operator.err().println("Reading all rows with the model as it is …");
    }
    Objective<R> objective = stage.objective(network, rows.all());
    TrainingRun<R> run = new TrainingRun<>(network, objective, rows.training(), request.options());
    if (run.resume(folder.state(), name)) {
      operator.err().printf("Going on after step %,d of %,d.%n", run.done(), run.steps());
    }
    try (Metrics metrics = Metrics.open(folder.metrics(), name, run.done())) {
      double tokensPerStep =
          (double) tokens(rows.training()) * request.options().epochs() / run.steps();
      StepLine line = new StepLine(operator.err(), operator.terminal(), tokensPerStep);
      Course<R> course =
          new Course<>(
              stage.title() + " of " + model,
              name,
              run,
              request.options().epochs(),
              rows.heldOut(),
              folder,
              metrics,
              line,
              operator.err());
      if (!course.run(operator.stops())) {
        return false;
      }
      stage.finish(network, rows.heldOut(), folder);
      Learned.write(network, parts, request, folder);
      Files.deleteIfExists(folder.state());
      report(metrics, folder);
      return true;
    }
  }

  private void report(Metrics metrics, RunFolder folder) {
    List<Examination> all = metrics.examinations();
    if (!all.isEmpty()) {
      operator.out().print(Examination.table(all.getFirst(), all.getLast()));
    }
    operator.out().printf("What was learned is in %s%n", folder.path());
  }
}
