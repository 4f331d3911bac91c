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
 * @param rows that they gave
 * @param tokens of all rows to learn from, once
 * @param steps of the whole run
 * @param need of memory
 * @param free memory
 */
record Plan(
    String title,
    String model,
    TrainingRequest request,
    List<DataReport> reports,
    TrainingRows<?> rows,
    long tokens,
    long steps,
    TrainingFootprint need,
    long free,
    RunFolder folder) {
  private static final double MEGABYTE = 1e6;

  boolean fits() {
    return need.all() <= free;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("%s of %s, %s".formatted(title, model, what()));
    reports.forEach(report -> lines.addAll(lines(report)));
    lines.add(
        "rows       %,d to learn from, %,d held out%s%s"
            .formatted(
                rows.training().size(),
                rows.heldOut().size(),
                some(
                    rows.shortened(), "shortened to fit %,d tokens".formatted(request.maxTokens())),
                some(rows.leftOut(), "without room for an answer left out")));
    lines.add(
        "work       %,d steps in %,d epochs, %,d tokens"
            .formatted(steps, request.options().epochs(), tokens * request.options().epochs()));
    lines.add(
        "memory     at most %,.0f MB beside the program; %,.0f MB are free"
            .formatted(need.all() / MEGABYTE, free / MEGABYTE));
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

  private static List<String> lines(DataReport report) {
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

  private static String some(long count, String what) {
    return count == 0 ? "" : ", %,d %s".formatted(count, what);
  }
}
