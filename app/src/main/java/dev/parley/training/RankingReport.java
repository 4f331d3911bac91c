package dev.parley.training;

import dev.parley.model.ranking.CommonWords;
import dev.parley.model.ranking.Ranker;
import dev.parley.model.ranking.RankingExam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a ranker did, beside what needs no ranker.
 *
 * @param rows the last of all together
 */
public record RankingReport(List<Row> rows) {
  /** What whoever guesses gets right. */
  static final double CHANCE = 1.0 / RankingExam.REPLIES;

  /**
   * Some of the questions.
   *
   * @param name for people
   * @param ranker share that it got right
   * @param words likewise of {@link CommonWords}
   */
  public record Row(String name, int questions, double ranker, double words) {
    public static Row of(String name, RankingExam exam, Ranker ranker, CommonWords words) {
      return new Row(
          name, exam.questions().size(), exam.accuracy(ranker::best), exam.accuracy(words::best));
    }

    public String text() {
      return "%-14s %,9d %8.3f %8.3f".formatted(name, questions, ranker, words);
    }
  }

  /** Above the rows. */
  public static String head() {
    return "%-14s %9s %8s %8s".formatted("", "questions", "ranker", "TF-IDF");
  }

  /** By how many turns were before. */
  static RankingReport of(RankingExam exam, Ranker ranker, CommonWords words) {
    int many = 4;
    List<Row> rows = new ArrayList<>();
    for (int turns = 1; turns <= many; turns++) {
      int count = turns;
      RankingExam some =
          new RankingExam(
              exam.questions().stream()
                  .filter(each -> Math.min(many, each.turns().size()) == count)
                  .toList());
      if (!some.questions().isEmpty()) {
        String name = turns == 1 ? "after 1 turn" : turns < many ? "after " + turns : "after more";
        rows.add(Row.of(name, some, ranker, words));
      }
    }
    rows.add(Row.of("all", exam, ranker, words));
    return new RankingReport(rows);
  }

  /** Of parts of the same data, with their mean. */
  public static RankingReport ofFolds(List<Row> folds) {
    List<Row> rows = new ArrayList<>(folds);
    rows.add(
        new Row(
            "mean",
            folds.stream().mapToInt(Row::questions).sum(),
            folds.stream().mapToDouble(Row::ranker).average().orElseThrow(),
            folds.stream().mapToDouble(Row::words).average().orElseThrow()));
    return new RankingReport(rows);
  }

  /** The last line of a table. */
  public static String foot() {
    return "%-24s %8.3f".formatted("chance", CHANCE);
  }

  String table() {
    List<String> lines = new ArrayList<>(List.of(head()));
    rows.forEach(row -> lines.add(row.text()));
    lines.add(foot());
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  /** Writes a picture. */
  public void draw(String title, Path file) throws IOException {
    Map<String, Double> floors = new LinkedHashMap<>();
    floors.put("TF-IDF", rows.getLast().words());
    floors.put("chance", CHANCE);
    AccuracyPicture.write(
        title,
        rows.stream().map(Row::name).toList(),
        rows.stream().map(Row::ranker).toList(),
        floors,
        file);
  }
}
