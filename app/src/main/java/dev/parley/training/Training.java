package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Objective;
import dev.parley.model.training.TrainingRun;
import dev.parley.model.training.data.Batches;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A stage from its data to what it learned. Confined to one thread. */
public final class Training<R> {
  private final Stage<R> stage;
  private final TrainingRequest request;
  private final Run.Trainee trainee;
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
   * @throws ModelException where the model has no such network
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
    this.trainee = new Run.Trainee(parts, network(stage, request, parts), model, processor);
    this.operator = operator;
  }

  private static Checkpoint network(Stage<?> stage, TrainingRequest request, ModelParts parts) {
    Checkpoint whole = parts.checkpoint();
    Checkpoint network = stage.network(whole);
    if (request.lora().isEmpty() && network.layers() < whole.layers()) {
      throw new ModelException(
          "A beginning of a network is trained by matrices of low rank beside it: leave --full or"
              + " --layers out.");
    }
    return network;
  }

  /**
   * Shows the plan, asks, and trains to the end, unless it is to stop before.
   *
   * @return whether the end was reached
   * @throws ModelException where data, model or options do not allow it, in sentences for people
   */
  public boolean run() throws IOException {
    DataFiles files = new DataFiles(request.data(), request.leaveOutBadLines());
    HeldOut heldOut = new HeldOut(request.heldOut(), request.options().seed());
    int longest = trainee.longest(request);
    TrainingRows<R> rows = stage.read(files, heldOut, trainee.parts(), longest).require(longest);
    Run run =
        Run.of(stage.name(), stage.title(), stage.fingerprint(), request, files, trainee, operator);
    int row = rows.training().stream().mapToInt(stage::tokens).max().orElseThrow();
    if (!run.agreesToPlan(files, work(rows), run.need(row), 0)) {
      return false;
    }
    try (TrainableTransformer network = run.load()) {
      if (!run.isBegun() && !agreesToTime(run, network, rows)) {
        return false;
      }
      return train(run, network, rows);
    }
  }

  private List<String> work(TrainingRows<R> rows) {
    int epochs = request.options().epochs();
    long perEpoch = Math.ceilDiv(rows.training().size(), request.options().batchSize());
    return List.of(
        Plan.rows(rows, request.maxTokens()),
        "work       %,d steps in %,d epochs, %,d tokens"
            .formatted(perEpoch * epochs, epochs, tokens(rows.training()) * epochs));
  }

  private long tokens(List<R> rows) {
    return rows.stream().mapToLong(stage::tokens).sum();
  }

  /** Measures how fast this machine is, and asks. */
  private boolean agreesToTime(Run run, TrainableTransformer network, TrainingRows<R> rows) {
    int epochs = request.options().epochs();
    double pace =
        Pace.measure(stage, network, inGroups(rows.training()), request.options().tokensAtOnce());
    double read = (double) tokens(rows.heldOut()) * (epochs + 1);
    if (stage.readsFirst(false)) {
      read += tokens(rows.all());
    }
    double seconds = (tokens(rows.training()) * (double) epochs + read / Pace.READING) / pace;
    return run.agreesToTime(seconds, "%,.0f tokens/s".formatted(pace));
  }

  private List<R> inGroups(List<R> rows) {
    return new Batches<>(rows, stage::group, rows.size(), 0).epoch(0).getFirst();
  }

  private boolean train(Run run, TrainableTransformer network, TrainingRows<R> rows)
      throws IOException {
    if (stage.readsFirst(run.isBegun())) {
      operator.err().println("Reading all rows with the model as it is …");
    }
    Objective<R> objective = stage.objective(network, rows.all());
    if (!run.isBegun()) {
      stage.begin(network, rows.training());
    }
    TrainingRun<R> steps =
        new TrainingRun<>(network, objective, rows.training(), request.options());
    return run.train(
        network,
        new RowLessons<>(steps, request.options().epochs(), rows.heldOut()),
        folder -> stage.finish(network, rows.heldOut(), folder));
  }
}
