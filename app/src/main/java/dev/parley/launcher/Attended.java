package dev.parley.launcher;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody sits at a terminal, rather than a pipe or a file. */
final class Attended {
  private Attended() {}

  @SuppressWarnings("SystemConsoleNull") // since Java 25 it is null again without a terminal
  static boolean here() {
    @Nullable Console console = System.console();
    return console != null && console.isTerminal();
  }
}
