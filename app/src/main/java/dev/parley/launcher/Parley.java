package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.ConfigurationException;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.model.ModelException;
import dev.parley.storage.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. */
@Command(
    name = "parley",
    description = "A ChatGPT of one's own.",
    mixinStandardHelpOptions = true,
    versionProvider = Parley.Version.class,
    subcommands = {
      ChatCommand.class,
      ModelCommand.class,
      DoctorCommand.class,
      BackupCommand.class,
      ConfigCommand.class,
      BenchCommand.class
    })
public final class Parley implements Runnable {
  private Parley() {}

  /** Runs the command given and exits with its status. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Parley());
    line.setExecutionExceptionHandler((failure, command, result) -> explain(failure, command));
    System.exit(line.execute(arguments));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
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

  /** One sentence for what people can mend; everything for what they cannot. */
  private static int explain(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof ConfigurationException
        || failure instanceof ModelException
        || failure instanceof DatabaseException
        || failure instanceof IOException) {
      command.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }

  /** The version as the build wrote it into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Parley.class.getPackage().getImplementationVersion();
      return new String[] {
        "Parley "
            + Objects.requireNonNullElse(version, "(not packaged)")
            + " on Java "
            + Runtime.version()
      };
    }
  }
}
