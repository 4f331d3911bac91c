package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.configuration.Finding;
import dev.parley.configuration.Finding.Severity;
import dev.parley.configuration.Secret;
import dev.parley.discord.DiscordCheckup;
import dev.parley.doctor.DatabaseCheck;
import dev.parley.doctor.Diagnosis;
import dev.parley.doctor.Diagnosis.Mark;
import dev.parley.doctor.LogCheck;
import dev.parley.doctor.MachineCheck;
import dev.parley.doctor.ModelCheck;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.telegram.TelegramCheckup;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley doctor}: looks at what Parley needs and says what to do about each finding. */
@Command(
    name = "doctor",
    description = "Checks what Parley needs, and says what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--introduce",
      description = "Also sets the Telegram bot's name and descriptions, in three languages.")
  private boolean introduce;

  private int problems;
  private int notes;

  @Override
  public Integer call() throws Exception {
    ConfigurationReport report = Parley.report();
    say(report.findings().stream().map(DoctorCommand::diagnosis).toList());
    if (problems == 0) {
      examine(report.configuration());
    }
    System.out.println(summary());
    return problems == 0 ? 0 : 1;
  }

  private void examine(Configuration configuration) {
    say(MachineCheck.of(configuration.home()));
    if (problems > 0) {
      return; // everything else lies in the data folder
    }
    say(List.of(LogCheck.of(configuration.logFolder())));
    Logging.start(configuration, false);
    DatabaseCheck database =
        new DatabaseCheck(
            configuration.databaseFile(), configuration.backupFolder(), InstantSource.system());
    say(database.examine());
    say(
        new ModelCheck(configuration, new Models(configuration, System.err))
            .examine(database.inUse()));
    configuration
        .telegram()
        .token()
        .ifPresent(token -> telegram(configuration.telegram(), token, configuration.name()));
    configuration.discord().token().ifPresent(token -> discord(configuration.discord(), token));
  }

  private void discord(Configuration.Discord discord, Secret token) {
    try {
      say(
          DiscordCheckup.examine(PlatformLink.discordOptions(discord, token)).stream()
              .map(DoctorCommand::diagnosis)
              .toList());
    } catch (IllegalArgumentException noToken) {
      say(List.of(Diagnosis.problem(String.valueOf(noToken.getMessage()))));
    }
  }

  private void telegram(Configuration.Telegram telegram, Secret token, String name) {
    try (TelegramCheckup checkup =
        new TelegramCheckup(
            TelegramWiring.options(telegram, token), name, InstantSource.system())) {
      if (introduce) {
        say(checkup.introduce().stream().map(DoctorCommand::diagnosis).toList());
      }
      say(checkup.examine().stream().map(DoctorCommand::diagnosis).toList());
    } catch (IllegalArgumentException noToken) {
      say(List.of(Diagnosis.problem(String.valueOf(noToken.getMessage()))));
    }
  }

  private static Diagnosis diagnosis(dev.parley.platform.Finding finding) {
    return switch (finding.mark()) {
      case GOOD -> Diagnosis.good(finding.text());
      case NOTE -> Diagnosis.note(finding.text());
      case PROBLEM -> Diagnosis.problem(finding.text());
    };
  }

  private static Diagnosis diagnosis(Finding finding) {
    return finding.severity() == Severity.ERROR
        ? Diagnosis.problem("configuration: " + finding)
        : Diagnosis.note("configuration: " + finding);
  }

  private void say(List<Diagnosis> found) {
    for (Diagnosis diagnosis : found) {
      System.out.println(diagnosis);
      problems += diagnosis.mark() == Mark.PROBLEM ? 1 : 0;
      notes += diagnosis.mark() == Mark.NOTE ? 1 : 0;
    }
  }

  private String summary() {
    String all = problems == 0 ? "No problems" : counted(problems, "problem");
    return (notes == 0 ? all : all + ", " + counted(notes, "note")) + ".";
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
