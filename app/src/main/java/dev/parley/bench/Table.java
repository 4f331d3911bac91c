package dev.parley.bench;

/** A report as text. */
public final class Table {
  private Table() {}

  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s on %s; %d slots of %,d tokens; %s%n%n"
            .formatted(
                report.model(),
                report.runsOn(),
                report.slots(),
                report.context(),
                report.rounds() == 1 ? "one round" : "medians of " + report.rounds() + " rounds"));
    for (Result result : report.results()) {
      for (Figure figure : result.figures()) {
        text.append(
            "%-8s %-42s %8s %s%n"
                .formatted(
                    result.measure(),
                    figure.what(),
                    figure.unit().format(figure.value()),
                    figure.unit().sign()));
      }
      for (String why : result.leftOut()) {
        text.append("%-8s left out, %s%n".formatted(result.measure(), why));
      }
    }
    report.verdict().ifPresent(sentence -> text.append("%n%s%n".formatted(sentence)));
    return text.toString();
  }
}
