package dev.parley.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Another program that holds a database, until its input ends. */
final class LockedDatabase implements AutoCloseable {
  private final Process holder;

  /** Starts one where the program runs; returns when it holds it. */
  LockedDatabase(Program program) throws Exception {
    List<String> command = new ArrayList<>(program.around());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LockedDatabase.class.getName(),
            program.home().resolve("parley.db").toString()));
    holder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    if (holder.inputReader().readLine() == null) {
      throw new IllegalStateException("the database could not be held");
    }
  }

  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute("BEGIN IMMEDIATE");
      System.out.println("held");
      int _ = System.in.read();
      statement.execute("ROLLBACK");
    }
  }

  @Override
  public void close() throws IOException {
    holder.getOutputStream().close();
    var _ = holder.onExit().join();
  }
}
