package dev.parley.training;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.ranking.CommonWords;
import dev.parley.model.ranking.Dialogue;
import dev.parley.model.ranking.LanguageModelTeacher;
import dev.parley.model.ranking.Ranker;
import dev.parley.model.ranking.RankerTraining;
import dev.parley.model.ranking.RankingExam;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainingFootprint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A response ranker from its data to its file. Confined to one thread. */
public final class Ranking {
  private final RankingRequest request;
  private final ModelParts parts;
  private final String model;
  private final Processor processor;
  private final Training.Operator operator;
  private final LiveLine line;

  /**
   * @param parts of the model that teaches
   * @param model its name, for people
   */
  public Ranking(
      RankingRequest request,
      ModelParts parts,
      String model,
      Processor processor,
      Training.Operator operator) {
    this.request = request;
    this.parts = parts;
    this.model = model;
    this.processor = processor;
    this.operator = operator;
    this.line = new LiveLine(operator.err(), operator.terminal());
  }

  /**
   * Shows the plan and trains to the end, unless it is to stop before: then nothing is written.
   *
   * @return whether the end was reached
   * @throws ModelException where the data does not allow it, in sentences for people
   */
  public boolean run() throws IOException {
    DataFiles files = new DataFiles(request.data(), request.leaveOutBadLines());
    DialogueSides dialogues =
        DialogueSides.read(files, new HeldOut(request.heldOut(), request.options().seed()));
    RankerTraining training = training(dialogues);
    RunFolder folder =
        RunFolder.choose(
            request.out(),
            operator.folders(),
            "rank",
            operator.today(),
            files.name("rank", request.fingerprint(), parts.identity()));
    RankingPlan plan =
        new RankingPlan(
            request.taught() ? "taught by " + model : "without a model",
            request,
            files.reports(),
            dialogues,
            memory(training),
            FreeMemory.here(),
            folder);
    operator.out().println(plan.text());
    if (!plan.fits() && !agrees("That is more memory than is free. Go on all the same?")) {
      return false;
    }
    try (StopSignal stop = operator.stops().get()) {
      Optional<Ranker> ranker = learn(training, dialogues.training(), stop);
      if (ranker.isEmpty()) {
        operator.err().println("Stopped: nothing is written, the same command begins anew.");
        return false;
      }
      Files.createDirectories(folder.path());
      examine(ranker.get(), dialogues, folder);
      ranker.get().save(folder.ranker());
      operator.out().printf("What was learned is in %s%n", folder.path());
      return true;
    }
  }

  private RankerTraining training(DialogueSides dialogues) {
    if (dialogues.training().isEmpty()) {
      throw new ModelException(
          "No dialogue is left to learn from: %,d are held out."
              .formatted(dialogues.heldOut().size()));
    }
    try {
      return new RankerTraining(dialogues.training(), request.options());
    } catch (IllegalArgumentException e) { // of dialogues that have nothing in common
      throw new ModelException(
          "%,d dialogues are too few to learn from: %s."
              .formatted(dialogues.training().size(), e.getMessage()));
    }
  }

  /** The model and what is learned of it are not in memory together. */
  private long memory(RankerTraining training) throws IOException {
    int width = request.taught() ? parts.checkpoint().width() : request.options().width();
    long learning = training.memory(width, request.taught());
    long weights = TrainingFootprint.weights(parts.checkpoint());
    return request.taught() ? Math.max(weights, learning) : learning;
  }

  private boolean agrees(String question) {
    return request.agreed() || operator.agrees().test(question + " [y/N] ");
  }

  /** Empty where it is to stop before the end. */
  private Optional<Ranker> learn(RankerTraining training, List<Dialogue> dialogues, StopSignal stop)
      throws IOException {
    if (!request.taught()) {
      return finished(
          training.train((epoch, epochs, loss) -> follow(epoch, epochs, loss, stop)), stop);
    }
    Optional<List<float[]>> meanings;
    try (LanguageModelTeacher teacher = new LanguageModelTeacher(parts, processor)) {
      List<String> turns = dialogues.stream().flatMap(each -> each.turns().stream()).toList();
      meanings = Teaching.vectors(teacher, turns, line, stop);
    }
    if (meanings.isEmpty()) {
      return Optional.empty();
    }
    operator.err().println("Learning what parts of words mean …");
    return finished(
        training.train(
            turns -> meanings.orElseThrow(),
            (epoch, epochs, loss) -> follow(epoch, epochs, loss, stop)),
        stop);
  }

  private boolean follow(int epoch, int epochs, double loss, StopSignal stop) {
    line.show("epoch %d of %d, loss %.4f".formatted(epoch, epochs, loss), epoch == epochs);
    return !stop.given();
  }

  private Optional<Ranker> finished(Ranker ranker, StopSignal stop) {
    line.end();
    return stop.given() ? Optional.empty() : Optional.of(ranker);
  }

  private void examine(Ranker ranker, DialogueSides dialogues, RunFolder folder)
      throws IOException {
    RankingExam exam = RankingExam.of(dialogues.heldOut(), request.options().seed());
    CommonWords words = new CommonWords(dialogues.training());
    if (exam.questions().isEmpty()) {
      operator
          .out()
          .println("Too little is held out to examine by: ten different replies are needed.");
    } else {
      RankingReport report = RankingReport.of(exam, ranker, words);
      operator.out().print(report.table());
      report.draw("Response ranking on held-out dialogues", folder.accuracy());
    }
    OptionalDouble order = RankingExam.order(dialogues.heldOut(), ranker::score);
    if (order.isPresent()) {
      operator
          .out()
          .printf(
              "Rejected replies were ranked below the right one in %.3f.%n", order.getAsDouble());
    }
  }
}
