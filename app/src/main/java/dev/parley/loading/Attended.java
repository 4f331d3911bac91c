package dev.parley.loading;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether somebody sits at a terminal, rather than a pipe or a file. */
public final class Attended {
  private Attended() {}

  public static boolean here() {
    return console().isPresent();
  }

  /** Puts a question to them; no answer where nobody is there. */
  public static Optional<String> ask(String question) {
    return console().map(console -> String.valueOf(console.readLine("%s", question)));
  }

  @SuppressWarnings("SystemConsoleNull") // since Java 25 it is null again without a terminal
  private static Optional<Console> console() {
    @Nullable Console console = System.console();
    return Optional.ofNullable(console).filter(Console::isTerminal);
  }
}
