package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.PlatformMessages;
import dev.parley.core.Assembly;
import dev.parley.language.Texts;
import dev.parley.learning.VersionedModel;
import dev.parley.loading.Attended;
import dev.parley.loading.Models;
import dev.parley.loading.VersionLoader;
import dev.parley.logging.Logging;
import dev.parley.storage.Database;
import dev.parley.terminal.PipedChat;
import dev.parley.terminal.Screen;
import dev.parley.terminal.TerminalChat;
import dev.parley.terminal.TerminalPlatform;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley chat}: talks in the terminal, or answers what comes through a pipe. */
@Command(
    name = "chat",
    description = "Talks in the terminal; from a pipe, one question a line.",
    mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
  /** Longer than a step of the model takes: whoever ended it amid one would crash. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  @Option(names = "--once", paramLabel = "TEXT", description = "Answer this and leave.")
  private @Nullable String once;

  @Mixin private final Drawing drawing = new Drawing();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (once != null && once.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--once is empty: give it a question");
    }
    Configuration configuration = Parley.configuration();
    DataFolder.make(configuration);
    boolean interactive = once == null && Attended.here();
    Logging.start(configuration, interactive);
    Models models = new Models(configuration, System.err);
    try (EndSignal end = EndSignal.listen(LONGEST_END, Thread.currentThread()::interrupt);
        Database database = Database.open(configuration.databaseFile());
        VersionLoader loader = VersionLoader.of(models, configuration);
        VersionedModel model = Wiring.open(database, loader)) {
      return interactive
          ? talk(configuration, database, model, loader, end)
          : answer(configuration, database, model, loader);
    }
  }

  private int talk(
      Configuration configuration,
      Database database,
      VersionedModel model,
      VersionLoader loader,
      EndSignal end)
      throws Exception {
    try (Screen screen = Screen.open()) {
      TerminalPlatform platform =
          TerminalPlatform.interactive(screen, Locale.getDefault(), questions(database));
      try (Assembly assembly =
          Wiring.assemble(
              configuration,
              database,
              model,
              loader,
              drawing.of(loader.first().sampling()),
              List.of(platform))) {
        Texts texts = Texts.of(Locale.getDefault());
        TerminalChat chat =
            new TerminalChat(
                screen,
                platform,
                assembly.core(),
                assembly.commands().definitions(),
                texts,
                history(configuration),
                end::given);
        chat.greet(StartLine.of(configuration, loader.first(), texts));
        chat.greet(texts.say("terminal.hint"));
        assembly.answering().resume(TerminalPlatform.NAME);
        assembly.background().start(); // not for pipes: their answers depend on the input alone
        chat.run();
        return 0;
      }
    }
  }

  private static Path history(Configuration configuration) {
    return configuration.home().resolve("terminal-history");
  }

  /** What was asked at the terminal, by the id of the message. */
  private static Function<String, Optional<String>> questions(Database database) {
    Clock clock = Clock.systemUTC();
    PlatformMessages messages = new PlatformMessages(database);
    MessageTree tree = new MessageTree(database, new ConversationStore(database, clock), clock);
    return id ->
        messages
            .find(TerminalPlatform.PLACE, id)
            .flatMap(message -> tree.find(message))
            .map(Message::text);
  }

  private int answer(
      Configuration configuration, Database database, VersionedModel model, VersionLoader loader)
      throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    TerminalPlatform platform = TerminalPlatform.piped(out, err, Locale.getDefault());
    platform.onForget(() -> Files.deleteIfExists(history(configuration)));
    try (Assembly assembly =
        Wiring.assemble(
            configuration,
            database,
            model,
            loader,
            drawing.of(loader.first().sampling()),
            List.of(platform))) {
      PipedChat chat =
          new PipedChat(
              platform,
              assembly.core(),
              assembly.commands().definitions(),
              Texts.of(Locale.getDefault()),
              out,
              err);
      if (once != null) { // what earlier processes left behind waits for one that has the time
        return chat.answer(once) ? 0 : 1;
      }
      assembly.answering().resume(TerminalPlatform.NAME);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return chat.run(lines) ? 0 : 1;
    }
  }
}
