package dev.parley.launcher;

import dev.parley.configuration.ConfigurationException;
import dev.parley.model.ModelException;
import dev.parley.model.file.ModelFormatException;
import dev.parley.storage.DatabaseException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One sentence for people where something goes wrong; everything for what they cannot mend. */
final class Failures {
  private Failures() {}

  static void explainOn(CommandLine line) {
    line.setParameterExceptionHandler(Failures::misused);
    line.setExecutionExceptionHandler(Failures::failed);
  }

  private static int misused(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String help = "./" + command.getCommandSpec().qualifiedName() + " --help shows what there is.";
    String sentence = String.valueOf(e.getMessage());
    command.getErr().println(sentence + (sentence.endsWith(".") ? " " : ". ") + help);
    return ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine command, ParseResult result)
      throws Exception {
    if (failure instanceof InterruptedException) { // whoever ends the process knows why
      return ExitCode.SOFTWARE;
    }
    if (failure instanceof ConfigurationException
        || failure instanceof ModelException
        || failure instanceof DatabaseException
        || failure instanceof IOException) {
      command.getErr().println(sentence(failure));
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }

  /** The system's own exceptions about files say little more than a path. */
  private static String sentence(Exception failure) {
    if (failure instanceof FileSystemException e) {
      String why =
          switch (e) {
            case NoSuchFileException _ -> "it is not there";
            case AccessDeniedException _ -> "check who owns it";
            case FileAlreadyExistsException _ -> "a file is in its place";
            default -> Objects.requireNonNullElse(e.getReason(), "check the disk");
          };
      return e.getFile() + " cannot be used: " + why + ".";
    }
    return failure instanceof ModelFormatException damaged
        ? damaged.withRemedy()
        : String.valueOf(failure.getMessage());
  }
}
