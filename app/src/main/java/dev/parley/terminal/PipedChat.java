package dev.parley.terminal;

import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Inbox;
import dev.parley.platform.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one question a line from a pipe and answers each before it reads the next. */
public final class PipedChat {
  private final TerminalPlatform platform;
  private final Inbox inbox;
  private final List<CommandDefinition> commands;
  private final Texts texts;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param out where the platform writes answers: once nobody reads there, nothing more is asked
   * @param err gets what commands say
   */
  public PipedChat(
      TerminalPlatform platform,
      Inbox inbox,
      List<CommandDefinition> commands,
      Texts texts,
      PrintStream out,
      PrintStream err) {
    this.platform = platform;
    this.inbox = inbox;
    this.commands = commands;
    this.texts = texts;
    this.out = out;
    this.err = err;
    begin();
  }

  /**
   * The greeting says what a pipe has no room for; it counts as said. What was talked about in
   * other pipes is no part of this one: the same lines and seed give the same answers.
   */
  private void begin() {
    inbox.command(platform.call(new CommandLine("start", Map.of())));
    inbox.command(platform.call(new CommandLine("new", Map.of())));
  }

  /** Answers every line, as long as somebody reads; returns whether all could be answered. */
  public boolean run(BufferedReader lines) throws IOException, InterruptedException {
    platform.begin();
    boolean understood = true;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        understood &= handle(line.strip());
      }
      if (out.checkError()) {
        return false;
      }
    }
    return understood && platform.allAnswered();
  }

  /** Answers one question or carries out one command; returns whether it could. */
  public boolean answer(String line) throws InterruptedException {
    platform.begin();
    return handle(line.strip()) && !out.checkError();
  }

  private boolean handle(String line) throws InterruptedException {
    if (!line.startsWith("/")) {
      inbox.message(platform.message(line));
      platform.awaitQuiet();
      return platform.allAnswered();
    }
    Optional<CommandLine> command = CommandLine.parse(line, commands);
    if (command.isEmpty()) {
      err.println(texts.say("terminal.unknown-command", line));
      return false;
    }
    Response response = inbox.command(platform.call(command.get()));
    if (!response.text().isEmpty()) {
      err.println(Markdown.format(response.text()).text());
    }
    platform.awaitQuiet();
    return platform.allAnswered();
  }
}
