package dev.parley.demo;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.ranking.CommonWords;
import dev.parley.model.ranking.Dialogue;
import dev.parley.model.ranking.LanguageModelTeacher;
import dev.parley.model.ranking.Ranker;
import dev.parley.model.ranking.RankerOptions;
import dev.parley.model.ranking.RankerTraining;
import dev.parley.model.ranking.RankingExam;
import dev.parley.model.training.data.DailyDialogFile;
import dev.parley.model.transformer.Processor;
import dev.parley.training.LiveLine;
import dev.parley.training.RankingReport;
import dev.parley.training.StopSignal;
import dev.parley.training.Teaching;
import dev.parley.training.TimeText;
import dev.parley.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Response ranking on dialogues of the operator's, examined by those that were held out, each once.
 * Confined to one thread.
 */
public final class RankingDemo {
  private static final double SECOND = 1e9;

  private final Request request;
  private final ModelParts parts;
  private final String model;
  private final Processor processor;
  private final Training.Operator operator;
  private final LiveLine line;

  /**
   * What the operator asked for.
   *
   * @param data dialogues in the format of XDailyDialog
   * @param parallel the same dialogues in a language that the model knows better
   * @param folds parts of which each is held out once
   * @param picture where the picture goes
   */
  public record Request(
      Path data, Optional<Path> parallel, int folds, RankerOptions options, Path picture) {
    public Request {
      if (folds < 2) {
        throw new IllegalArgumentException("there are at least 2 folds, not " + folds);
      }
    }
  }

  /**
   * @param parts of the model that teaches
   * @param model its name, for people
   */
  public RankingDemo(
      Request request,
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
   * Goes through all folds, unless it is to stop before.
   *
   * @return whether the end was reached
   * @throws ModelException where there are too few dialogues, in a sentence for people
   */
  public boolean run() throws IOException {
    List<Dialogue> dialogues = dialogues(request.data());
    List<Dialogue> taught =
        request.parallel().isPresent() ? dialogues(request.parallel().get()) : dialogues;
    requireParallel(dialogues, taught);
    List<List<Integer>> folds = folds(dialogues);
    requireQuestions(dialogues, folds);
    operator.out().println(plan(dialogues));
    List<RankingReport.Row> rows = new ArrayList<>();
    try (StopSignal stop = operator.stops().get()) {
      Optional<List<List<float[]>>> meanings = meanings(taught, stop);
      if (meanings.isPresent()) {
        operator.out().println(RankingReport.head());
        while (rows.size() < folds.size() && !stop.given()) {
          fold(dialogues, meanings.get(), folds.get(rows.size()), rows.size() + 1, stop)
              .ifPresent(rows::add);
        }
      }
      if (!rows.isEmpty()) {
        report(rows);
      }
      if (rows.size() < folds.size()) {
        operator.err().printf("Stopped after %d of %d folds.%n", rows.size(), folds.size());
      }
    }
    return rows.size() == folds.size();
  }

  private static List<Dialogue> dialogues(Path file) throws IOException {
    return DailyDialogFile.read(file).stream()
        .map(turns -> new Dialogue(turns, List.of()))
        .toList();
  }

  private void requireParallel(List<Dialogue> dialogues, List<Dialogue> taught) {
    if (dialogues.size() != taught.size()) {
      throw new ModelException(
          "The files are not parallel: %,d dialogues in one, %,d in the other."
              .formatted(dialogues.size(), taught.size()));
    }
    for (int i = 0; i < dialogues.size(); i++) {
      if (dialogues.get(i).turns().size() != taught.get(i).turns().size()) {
        throw new ModelException(
            "The files are not parallel: dialogue %,d has %,d turns in one, %,d in the other."
                .formatted(i + 1, dialogues.get(i).turns().size(), taught.get(i).turns().size()));
      }
    }
  }

  private List<List<Integer>> folds(List<Dialogue> dialogues) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, dialogues.size()).boxed().toList());
    Collections.shuffle(order, new Random(request.options().seed()));
    List<List<Integer>> folds = new ArrayList<>();
    for (int fold = 0; fold < request.folds(); fold++) {
      int begin = (int) ((long) order.size() * fold / request.folds());
      int end = (int) ((long) order.size() * (fold + 1) / request.folds());
      folds.add(order.subList(begin, end));
    }
    return folds;
  }

  private void requireQuestions(List<Dialogue> dialogues, List<List<Integer>> folds) {
    for (List<Integer> fold : folds) {
      if (exam(dialogues, fold).questions().isEmpty()) {
        throw new ModelException(
            "%,d dialogues are too few for %d folds: each fold needs %d different replies of several dialogues."
                .formatted(dialogues.size(), request.folds(), RankingExam.REPLIES));
      }
    }
  }

  private RankingExam exam(List<Dialogue> dialogues, List<Integer> heldOut) {
    return RankingExam.of(heldOut.stream().map(dialogues::get).toList(), request.options().seed());
  }

  private String plan(List<Dialogue> dialogues) {
    long turns = dialogues.stream().mapToLong(each -> each.turns().size()).sum();
    return "Response ranking, taught by %s%s: %,d dialogues with %,d turns of %s in %d folds"
        .formatted(
            model,
            request.parallel().map(file -> " on " + file.getFileName()).orElse(""),
            dialogues.size(),
            turns,
            request.data().getFileName(),
            request.folds());
  }

  /** What the turns of each dialogue mean to the model. */
  private Optional<List<List<float[]>>> meanings(List<Dialogue> dialogues, StopSignal stop)
      throws IOException {
    List<String> turns = dialogues.stream().flatMap(each -> each.turns().stream()).toList();
    try (LanguageModelTeacher teacher = new LanguageModelTeacher(parts, processor)) {
      return Teaching.vectors(teacher, turns, line, stop)
          .map(
              vectors -> {
                List<List<float[]>> all = new ArrayList<>();
                int at = 0;
                for (Dialogue dialogue : dialogues) {
                  all.add(vectors.subList(at, at + dialogue.turns().size()));
                  at += dialogue.turns().size();
                }
                return all;
              });
    }
  }

  private Optional<RankingReport.Row> fold(
      List<Dialogue> dialogues,
      List<List<float[]>> meanings,
      List<Integer> heldOut,
      int number,
      StopSignal stop) {
    List<Integer> learned = new ArrayList<>(IntStream.range(0, dialogues.size()).boxed().toList());
    learned.removeAll(heldOut);
    List<Dialogue> training = learned.stream().map(dialogues::get).toList();
    long began = System.nanoTime();
    Ranker ranker =
        new RankerTraining(training, request.options())
            .train(
                turns -> learned.stream().flatMap(each -> meanings.get(each).stream()).toList(),
                (epoch, epochs, loss) -> {
                  line.show(
                      "fold %d of %d, epoch %d of %d, loss %.3f, %s"
                          .formatted(
                              number,
                              request.folds(),
                              epoch,
                              epochs,
                              loss,
                              TimeText.of((System.nanoTime() - began) / SECOND)),
                      false);
                  return !stop.given();
                });
    line.end();
    if (stop.given()) {
      return Optional.empty();
    }
    RankingReport.Row row =
        RankingReport.Row.of(
            "fold " + number, exam(dialogues, heldOut), ranker, new CommonWords(training));
    operator.out().println(row.text());
    return Optional.of(row);
  }

  private void report(List<RankingReport.Row> folds) throws IOException {
    RankingReport report = RankingReport.ofFolds(folds);
    operator.out().println(report.rows().getLast().text());
    operator.out().println(RankingReport.foot());
    Files.createDirectories(request.picture().toAbsolutePath().getParent());
    report.draw("Response ranking on " + request.data().getFileName(), request.picture());
    operator.out().printf("The picture is %s%n", request.picture());
  }
}
