package dev.parley.training;

import dev.parley.model.training.data.DataError;
import dev.parley.model.training.data.DataReport;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.TrainingFootprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a run will do and take, as text.
 *
 * @param title of the stage
 * @param model that is trained, for people
 * @param reports of the files
 * @param work what is done with the rows, line by line
 * @param need of memory
 * @param beside more of it, in bytes
 * @param free memory
 */
record Plan(
    String title,
    String model,
    TrainingRequest request,
    List<DataReport> reports,
    List<String> work,
    TrainingFootprint need,
    long beside,
    long free,
    RunFolder folder) {
  private static final double MEGABYTE = 1e6;

  boolean fits() {
    return need.all() + beside <= free;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("%s of %s, %s".formatted(title, model, what()));
    reports.forEach(report -> lines.addAll(lines(report)));
    lines.addAll(work);
    lines.add(
        "memory     at most %,.0f MB beside the program; %,.0f MB are free"
            .formatted((need.all() + beside) / MEGABYTE, free / MEGABYTE));
    lines.add("folder     " + folder.path());
    return String.join(System.lineSeparator(), lines);
  }

  private String what() {
    Optional<LoraOptions> lora = request.lora();
    double millions = need.numbers() / MEGABYTE;
    if (lora.isEmpty()) {
      return "all %.1f million weights".formatted(millions);
    }
    String targets =
        lora.get().targets().isEmpty()
            ? "every projection"
            : String.join(", ", new TreeSet<>(lora.get().targets()));
    return "LoRA of rank %d beside %s, %.1f million numbers"
        .formatted(lora.get().rank(), targets, millions);
  }

  static List<String> lines(DataReport report) {
    List<String> lines = new ArrayList<>();
    long bad = report.errors().size() + report.moreErrors();
    lines.add(
        "data       %s: %,d rows%s%s%s"
            .formatted(
                report.file(),
                report.rows(),
                some(bad, "lines left out"),
                some(report.repeatedLines(), "lines repeated"),
                some(report.repeatedIds(), "ids repeated")));
    report.errors().stream().map(DataError::sentence).forEach(line -> lines.add("  " + line));
    return lines;
  }

  /** The line on what the files gave. */
  static String rows(TrainingRows<?> rows, int maxTokens) {
    return "rows       %,d to learn from, %,d held out%s%s"
        .formatted(
            rows.training().size(),
            rows.heldOut().size(),
            some(rows.shortened(), "shortened to fit %,d tokens".formatted(maxTokens)),
            some(rows.leftOut(), "without room for an answer left out"));
  }

  private static String some(long count, String what) {
    return count == 0 ? "" : ", %,d %s".formatted(count, what);
  }
}
