package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.TrainingFootprint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * What all runs do alike, whatever is learned: they have a name and a folder, are agreed to, go
 * from where they stand to their end, and leave a model. Confined to one thread.
 */
final class Run {
  private final String title;
  private final String name;
  private final RunFolder folder;
  private final TrainingRequest request;
  private final Trainee trainee;
  private final Training.Operator operator;

  private Run(
      String title,
      String name,
      RunFolder folder,
      TrainingRequest request,
      Trainee trainee,
      Training.Operator operator) {
    this.title = title;
    this.name = name;
    this.folder = folder;
    this.request = request;
    this.trainee = trainee;
    this.operator = operator;
  }

  /**
   * What is trained.
   *
   * @param network the parts' own, or a beginning of it
   * @param name for people
   */
  record Trainee(ModelParts parts, Checkpoint network, String name, Processor processor) {
    /** Most tokens of a sequence. */
    int longest(TrainingRequest request) {
      return Math.min(request.maxTokens(), network.contextLength());
    }
  }

  /** Writes what there is beside the network's weights into their folder. */
  @FunctionalInterface
  interface Finish {
    void write(RunFolder folder) throws IOException;
  }

  /**
   * Names a run and finds its folder.
   *
   * @param kind as the command line has it
   * @param title for people
   * @param fingerprint what changes what is learned, beside data, model and request
   * @throws ModelException where the folder is another run's, or the model cannot be written
   */
  static Run of(
      String kind,
      String title,
      String fingerprint,
      TrainingRequest request,
      DataFiles files,
      Trainee trainee,
      Training.Operator operator)
      throws IOException {
    if (request.lora().isEmpty() && trainee.parts().folder().isEmpty()) {
      throw new ModelException(
          "All weights are written as a folder of transformers, and %s is none: leave --full out, or name the folder of its model."
              .formatted(trainee.parts().path()));
    }
    String name = files.name(kind, fingerprint, request.fingerprint(), trainee.parts().identity());
    RunFolder folder =
        RunFolder.choose(request.out(), operator.folders(), kind, operator.today(), name);
    Metrics.requireRun(folder.metrics(), name);
    return new Run(title, name, folder, request, trainee, operator);
  }

  /** Most tokens of a sequence. */
  int longest() {
    return trainee.longest(request);
  }

  /** Whether a run that stopped goes on. */
  boolean isBegun() {
    return Files.exists(folder.state());
  }

  /**
   * The memory that learning takes.
   *
   * @param row tokens of the longest row
   */
  TrainingFootprint need(int row) throws IOException {
    int batch = Math.multiplyExact(row, request.options().batchSize());
    int together = Math.max(row, Math.min(request.options().tokensAtOnce(), batch));
    try {
      return TrainingFootprint.of(trainee.network(), request.lora(), together, longest());
    } catch (IllegalArgumentException e) { // a target that this network does not have
      throw new ModelException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Shows the plan; asks where memory is short.
   *
   * @param work as {@link Plan} has it
   * @param beside memory beside what is needed, in bytes
   */
  boolean agreesToPlan(DataFiles files, List<String> work, TrainingFootprint need, long beside) {
    Plan plan =
        new Plan(
            title,
            trainee.name(),
            request,
            files.reports(),
            work,
            need,
            beside,
            FreeMemory.here(),
            folder);
    operator.out().println(plan.text());
    return plan.fits() || agrees("That is more memory than is free. Load the model all the same?");
  }

  /**
   * Says how long it takes, and asks.
   *
   * @param pace what that was measured by
   */
  boolean agreesToTime(double seconds, String pace) {
    operator.out().printf("time       about %s, at %s%n", TimeText.of(seconds), pace);
    return agrees("Train?");
  }

  private boolean agrees(String question) {
    return request.agreed() || operator.agrees().test(question + " [y/N] ");
  }

  /** What is trained. */
  TrainableTransformer load() throws IOException {
    return request.lora().isPresent()
        ? Networks.lora(trainee.network(), trainee.processor(), longest(), request.lora().get())
        : loadWhole(trainee.network());
  }

  /** A network with all its weights, on the same processor. */
  TrainableTransformer loadWhole(Checkpoint network) throws IOException {
    return Networks.whole(network, trainee.processor(), longest());
  }

  /**
   * Goes from where the run stands to its end, unless it is to stop before, and leaves the model.
   *
   * @return whether the end was reached
   */
  boolean train(TrainableTransformer network, Lessons lessons, Finish finish) throws IOException {
    Files.createDirectories(folder.path());
    if (lessons.resume(folder.state(), name)) {
      operator
          .err()
          .printf(
              "Going on after %s %,d of %,d.%n", lessons.unit(), lessons.done(), lessons.steps());
    }
    try (Metrics metrics = Metrics.open(folder.metrics(), name, lessons.done())) {
      StepLine line = new StepLine(operator.err(), operator.terminal(), lessons);
      String of = title + " of " + trainee.name();
      Course course = new Course(of, name, lessons, folder, metrics, line, operator.err());
      if (!course.run(operator.stops())) {
        return false;
      }
      finish.write(folder);
      Learned.write(network, trainee.parts(), request, folder);
      Files.deleteIfExists(folder.state());
      report(metrics);
      return true;
    }
  }

  private void report(Metrics metrics) {
    List<Examination> all = metrics.examinations();
    if (!all.isEmpty()) {
      operator.out().print(Examination.table(all.getFirst(), all.getLast()));
    }
    operator.out().printf("What was learned is in %s%n", folder.path());
  }
}
