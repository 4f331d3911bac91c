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
import dev.parley.doctor.PortCheck;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.telegram.TelegramCheckup;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

  private final Supplier<ConfigurationReport> report;
  private final PrintStream out;
  private int problems;
  private int notes;

  DoctorCommand() {
    this(Parley::report, System.out);
  }

  DoctorCommand(Supplier<ConfigurationReport> report, PrintStream out) {
    this.report = report;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    ConfigurationReport read = report.get();
    say(read.findings().stream().map(DoctorCommand::diagnosis).toList());
    if (problems == 0) {
      examine(read.configuration());
    }
    out.println(summary());
    return problems == 0 ? 0 : 1;
  }

  private void examine(Configuration configuration) throws InterruptedException {
    say(MachineCheck.of(configuration.home()));
    if (problems > 0) {
      return; // everything else lies in the data folder
    }
    say(List.of(LogCheck.of(configuration.logFolder())));
    Logging.start(configuration, false);
    DatabaseCheck database =
        new DatabaseCheck(
            configuration.databaseFile(), configuration.backupFolder(), InstantSource.system());
    boolean busy = database.inUse();
    say(database.examine());
    say(new ModelCheck(configuration, new Models(configuration, System.err)).examine(busy));
    if (!busy) {
      say(PortCheck.of(configuration));
    }
    platforms(configuration, !busy);
  }

  private void platforms(Configuration configuration, boolean alone) {
    Optional<Secret> telegram = configuration.telegram().token();
    Optional<Secret> discord = configuration.discord().token();
    telegram.ifPresent(token -> telegram(configuration, token, alone));
    discord.ifPresent(token -> discord(configuration.discord(), token));
    if (telegram.isEmpty() && discord.isEmpty()) {
      say(
          List.of(
              Diagnosis.note(
                  "no token of Discord or Telegram is set, and ./parley chat alone talks:"
                      + " docs/discord.md and docs/telegram.md say where to get one.")));
    }
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

  private void telegram(Configuration configuration, Secret token, boolean alone) {
    try (TelegramCheckup checkup =
        new TelegramCheckup(
            TelegramWiring.options(configuration.telegram(), token),
            configuration.name(),
            InstantSource.system())) {
      if (introduce) {
        say(checkup.introduce().stream().map(DoctorCommand::diagnosis).toList());
      }
      say(checkup.examine(alone).stream().map(DoctorCommand::diagnosis).toList());
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
      out.println(diagnosis);
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
