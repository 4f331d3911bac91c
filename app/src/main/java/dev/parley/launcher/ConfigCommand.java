package dev.parley.launcher;

import dev.parley.configuration.ConfigurationReport;
import dev.parley.configuration.Finding.Severity;
import java.io.PrintStream;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code parley config}: what the operator set, and what is wrong with it. */
@Command(
    name = "config",
    description = "Checks the configuration.",
    mixinStandardHelpOptions = true)
final class ConfigCommand {
  private final Supplier<ConfigurationReport> report;
  private final PrintStream out;

  ConfigCommand() {
    this(Parley::report, System.out);
  }

  ConfigCommand(Supplier<ConfigurationReport> report, PrintStream out) {
    this.report = report;
    this.out = out;
  }

  @Command(
      name = "check",
      description = "Shows every mistake, or what holds and why.",
      mixinStandardHelpOptions = true)
  int check() {
    ConfigurationReport read = report.get();
    read.findings().forEach(out::println);
    if (read.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
      return 1;
    }
    int widest = read.values().stream().mapToInt(value -> value.key().length()).max().orElse(1);
    read.values()
        .forEach(
            value ->
                out.printf(
                    "%-" + widest + "s %-20s %s%n", value.key(), value.text(), value.origin()));
    out.println(
        (read.findings().isEmpty() ? "No mistakes" : "No mistakes, but see the first lines")
            + ": all of this holds. ./parley doctor looks at what it names.");
    return 0;
  }
}
