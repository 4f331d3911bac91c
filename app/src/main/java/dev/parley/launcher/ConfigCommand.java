package dev.parley.launcher;

import dev.parley.configuration.ConfigurationReport;
import dev.parley.configuration.Finding.Severity;
import picocli.CommandLine.Command;

/** {@code parley config}: what the operator set, and what is wrong with it. */
@Command(
    name = "config",
    description = "Checks the configuration.",
    mixinStandardHelpOptions = true)
final class ConfigCommand {

  @Command(
      name = "check",
      description = "Shows every mistake, or what holds and why.",
      mixinStandardHelpOptions = true)
  int check() {
    ConfigurationReport report = Parley.report();
    report.findings().forEach(System.out::println);
    if (report.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
      return 1;
    }
    report
        .values()
        .forEach(
            value ->
                System.out.printf(
                    "%-30s %-20s %s%n",
                    value.key(), value.text().replaceAll("\\s+", " "), value.origin()));
    return 0;
  }
}
