package dev.parley.training;

import dev.parley.model.ranking.Dialogue;
import dev.parley.model.training.data.DataReport;
import java.util.ArrayList;
import java.util.List;

/**
 * What a ranker's training will do and take, as text.
 *
 * @param teacher for people
 * @param reports of the files
 * @param need of memory, in bytes
 * @param free memory, likewise
 */
record RankingPlan(
    String teacher,
    RankingRequest request,
    List<DataReport> reports,
    DialogueSides dialogues,
    long need,
    long free,
    RunFolder folder) {
  private static final double MEGABYTE = 1e6;

  boolean fits() {
    return need <= free;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("A response ranker, " + teacher);
    reports.forEach(report -> lines.addAll(Plan.lines(report)));
    lines.add(
        "dialogues  %,d to learn from, with %,d replies and %,d rejected ones; %,d held out"
            .formatted(
                dialogues.training().size(),
                replies(dialogues.training()),
                dialogues.training().stream().mapToLong(each -> each.rejected().size()).sum(),
                dialogues.heldOut().size()));
    lines.add("work       %,d epochs".formatted(request.options().epochs()));
    lines.add(
        "memory     at most %,.0f MB beside the program; %,.0f MB are free"
            .formatted(need / MEGABYTE, free / MEGABYTE));
    lines.add("folder     " + folder.path());
    return String.join(System.lineSeparator(), lines);
  }

  private static long replies(List<Dialogue> dialogues) {
    return dialogues.stream().mapToLong(each -> each.turns().size() - 1).sum();
  }
}
