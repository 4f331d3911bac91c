package dev.parley.terminal;

import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.platform.Button;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Form;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.Response;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/**
 * Talks with the one at the terminal: reads a line, hands it to the core, waits until the answer is
 * written, and reads the next. Confined to one thread; only the interrupt comes from another.
 */
public final class TerminalChat {
  static final String PROMPT = "› ";

  /** What the reader shows in colours. */
  private static final List<String> COLOURED =
      List.of(
          LineReader.COMPLETION_STYLE_STARTING,
          LineReader.COMPLETION_STYLE_DESCRIPTION,
          LineReader.COMPLETION_STYLE_GROUP,
          LineReader.COMPLETION_STYLE_BACKGROUND,
          LineReader.COMPLETION_STYLE_LIST_STARTING,
          LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
          LineReader.COMPLETION_STYLE_LIST_GROUP,
          LineReader.COMPLETION_STYLE_LIST_BACKGROUND);

  /** What people try who know other chats in a terminal. */
  private static final Set<String> LEAVING = Set.of("/quit", "/exit", "/bye");

  private final Inbox inbox;
  private final TerminalPlatform platform;
  private final List<CommandDefinition> commands;
  private final Texts texts;
  private final Screen screen;
  private final BooleanSupplier ending;
  private final LineReader reader;

  /** Also set by who shows something above the line that is being typed. */
  private volatile List<Button> choices = List.of();

  /** The thread that waits for answers; the one that brings an interrupt wakes it. */
  private final Thread talker = Thread.currentThread();

  private volatile boolean stopping;

  /** Whether the last thing that came from the keyboard was Ctrl-C at an empty prompt. */
  private boolean leaving;

  /**
   * @param ending whether the process ends: whoever interrupts this then takes no Ctrl-C back
   */
  public TerminalChat(
      Screen screen,
      TerminalPlatform platform,
      Inbox inbox,
      List<CommandDefinition> commands,
      Texts texts,
      Path historyFile,
      BooleanSupplier ending) {
    this.ending = ending;
    this.inbox = inbox;
    this.platform = platform;
    this.commands = commands;
    this.texts = texts;
    this.screen = screen;
    Terminal terminal = screen.terminal();
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("parley")
            .completer((line, word, candidates) -> complete(word, candidates))
            .variable(LineReader.HISTORY_FILE, historyFile)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    platform.onForget(reader.getHistory()::purge);
    if (screen.plain()) {
      COLOURED.forEach(part -> reader.setVariable(part, "default"));
    }
    terminal.handle(Signal.INT, signal -> interrupted());
    terminal.echo(false); // what is typed while an answer is written waits for the next prompt
  }

  /** Says a line before the first question. */
  public void greet(String line) {
    screen.note(line);
  }

  /** Runs until the person leaves. */
  public void run() {
    try {
      awaitAnswer(); // what the last end of the process interrupted comes first
      platform.begin();
      while (true) {
        answer();
      }
    } catch (UserInterruptException | EndOfFileException | InterruptedException leaving) {
      // by /quit, two Ctrl-C or one Ctrl-D at the prompt, or a second Ctrl-C while an answer is
      // written
    }
  }

  private void answer() throws InterruptedException {
    try {
      String line = read().strip();
      leaving = false;
      if (line.startsWith("/")) {
        command(line);
      } else if (!line.isEmpty()) {
        say(line);
      }
    } catch (UserInterruptException e) {
      if (ending.getAsBoolean()) {
        throw e;
      } else if (!e.getPartialLine().isBlank()) {
        leaving = false; // it took back the line, or the form, that was being written
      } else if (leaving) {
        throw e;
      } else {
        leaving = true;
        screen.note(texts.say("terminal.leave"));
      }
    }
  }

  private String read() {
    platform.typing(this::showAbove);
    try {
      return reader.readLine(PROMPT);
    } finally {
      platform.typed();
    }
  }

  private void showAbove(String text, List<Button> below) {
    choices = below;
    reader.printAbove(Screen.visible(below.isEmpty() ? text : text + "\n" + offered(below)));
  }

  /** Hands one message over and waits for its answer. */
  private void say(String text) throws InterruptedException {
    inbox.message(platform.message(text));
    awaitAnswer();
  }

  private void awaitAnswer() throws InterruptedException {
    choices = platform.awaitQuiet();
    stopping = false;
    offer(choices);
  }

  private void command(String line) throws InterruptedException {
    Optional<Button> choice = choice(line);
    if (choice.isPresent()) {
      show(
          inbox.press(
              new ButtonPress(
                  platform.eventId(), platform.place(), platform.person(), "", choice.get().id())));
      return;
    }
    Optional<CommandLine> parsed = CommandLine.parse(line, commands);
    if (parsed.isPresent()) {
      show(inbox.command(platform.call(parsed.get())));
    } else if (LEAVING.contains(line.toLowerCase(Locale.ROOT))) {
      throw new EndOfFileException();
    } else {
      screen.note(texts.say("terminal.unknown-command", line));
    }
  }

  /** The button that {@code /2} chooses, where two or more are offered. */
  private Optional<Button> choice(String line) {
    return IntStream.range(0, choices.size())
        .filter(i -> line.equals("/" + (i + 1)))
        .mapToObj(choices::get)
        .findFirst();
  }

  private void show(Response response) throws InterruptedException {
    if (!response.text().isEmpty()) {
      screen.note(Markdown.format(response.text()).text());
    }
    if (response.file().isPresent()) {
      save(response.file().get());
    }
    if (response.form().isPresent()) {
      fillIn(response.form().get());
      return;
    }
    if (response.text().isEmpty() || platform.writing()) {
      awaitAnswer();
    } else {
      List<Button> offered = response.buttons().stream().flatMap(List::stream).toList();
      if (!offered.isEmpty()) { // else what was offered before can still be chosen
        choices = offered;
        offer(choices);
      }
    }
  }

  private void offer(List<Button> buttons) {
    if (!buttons.isEmpty()) {
      screen.note(offered(buttons));
    }
  }

  private static String offered(List<Button> buttons) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < buttons.size(); i++) {
      String number = String.valueOf(i + 1);
      String label = buttons.get(i).label();
      line.append(i == 0 ? "" : "   ").append('/').append(number);
      if (!label.equals(number)) { // the lines of a list are chosen by their numbers
        line.append(' ').append(label);
      }
    }
    return line.toString();
  }

  private void fillIn(Form form) throws InterruptedException {
    screen.note(form.title());
    Map<String, String> values = new HashMap<>();
    for (Form.Field field : form.fields()) {
      screen.note(field.label());
      values.put(field.id(), reader.readLine(PROMPT, null, (Character) null, field.value()));
    }
    show(
        inbox.submit(
            new FormSubmission(
                platform.eventId(), platform.place(), platform.person(), form.id(), values)));
  }

  private void save(OutgoingFile file) {
    Path target = Path.of(file.name()).getFileName();
    try {
      Files.write(target, file.content(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      screen.note(texts.say("terminal.saved", target.toAbsolutePath().toString()));
    } catch (FileAlreadyExistsException e) {
      screen.note(texts.say("terminal.file-exists", target.toAbsolutePath().toString()));
    } catch (IOException e) {
      screen.note(
          texts.say("terminal.not-saved", target.toAbsolutePath().toString(), e.toString()));
    }
  }

  /** While an answer is written: the first stops it, a second one leaves without it. */
  private void interrupted() {
    if (!platform.writing()) {
      return;
    }
    if (stopping) {
      talker.interrupt();
    } else {
      stopping = true;
      inbox.command(platform.call(new CommandLine("stop", Map.of())));
    }
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      for (CommandDefinition command : commands) {
        String name = "/" + command.name();
        candidates.add(
            new Candidate(
                name, name, null, texts.say("command." + command.name()), null, null, true));
      }
      return;
    }
    for (CommandDefinition command : commands) {
      if (line.words().getFirst().equals("/" + command.name())) {
        String before = String.join(" ", line.words().subList(1, line.wordIndex()));
        CommandCall soFar = platform.call(new CommandLine(command.name(), command.read(before)));
        command.options().stream()
            .filter(option -> !soFar.options().containsKey(option.name()))
            .flatMap(option -> inbox.complete(soFar, option.name()).stream())
            .distinct()
            .map(found -> new Candidate(found.value(), found.label(), null, null, null, null, true))
            .forEach(candidates::add);
      }
    }
  }
}
