package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.ConfigurationException;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.language.Texts;
import dev.parley.logging.SafeStreams;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. */
@Command(
    name = "parley",
    description =
        "A ChatGPT of your own. Without a command it talks on Discord and Telegram, wherever a"
            + " token is set.",
    mixinStandardHelpOptions = true,
    versionProvider = Parley.Version.class,
    subcommands = {
      ChatCommand.class,
      GenerateCommand.class,
      ServeCommand.class,
      ModelCommand.class,
      TrainCommand.class,
      DoctorCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ConfigCommand.class,
      BenchCommand.class
    })
public final class Parley implements Callable<Integer> {
  private Parley() {}

  /** Runs the command given and exits with its status. */
  public static void main(String[] arguments) {
    SystemLanguage.of(System.getProperty("parley.language", "")).ifPresent(Locale::setDefault);
    SafeStreams.install(report().secrets());
    CommandLine line = new CommandLine(new Parley());
    Failures.explainOn(line);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    List<PlatformLink> links;
    try {
      links = PlatformLink.of(configuration, Texts.of(Locale.getDefault()));
    } catch (IllegalArgumentException wrongToken) {
      System.err.println(wrongToken.getMessage());
      return 1;
    }
    if (!links.isEmpty()) {
      return new Serving().serve(configuration, links);
    }
    System.out.println(
        """
        Parley %s: a ChatGPT of your own. Model and conversations stay on this computer.
        Talk here:  ./parley chat
        On Discord and Telegram:  PARLEY_DISCORD_TOKEN=… PARLEY_TELEGRAM_TOKEN=… ./parley
        Is everything in order?  ./parley doctor     What else is there?  ./parley --help\
        """
            .formatted(version()));
    return 0;
  }

  /** What the operator set, for a command to begin with; what is only unwise is said. */
  static Configuration configuration() throws ConfigurationException {
    ConfigurationReport report = report();
    Configuration configuration = report.configuration();
    report.findings().forEach(System.err::println);
    return configuration;
  }

  /** The configuration with all that is to say about it. */
  static ConfigurationReport report() {
    return ConfigurationReport.read(
        System.getenv(), Path.of(System.getProperty("parley.folder", "")), Path.of(""));
  }

  /** The version as the build wrote it into the jar. */
  static String version() {
    return Objects.requireNonNullElse(
        Parley.class.getPackage().getImplementationVersion(), "(not packaged)");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Parley " + version() + " on Java " + Runtime.version()};
    }
  }
}
