package dev.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.FormattedText;
import dev.parley.language.Texts;
import dev.parley.platform.Button;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Completion;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.PlatformException;
import dev.parley.platform.Reaction;
import dev.parley.platform.ReplyChannel;
import dev.parley.platform.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TerminalChatTest {
  private static final String PROMPT = "› ";
  private static final String WARNING = "Ctrl-C again leaves.";

  @TempDir private Path folder;
  private Keyboard keyboard;
  private Thread chat;
  private TerminalPlatform platform;
  private final Core core = new Core();
  private volatile boolean ending;

  @BeforeEach
  void begin() throws IOException {
    keyboard = new Keyboard("xterm", 80);
    Screen screen = new Screen(keyboard.terminal(), 0, Map.of());
    platform =
        TerminalPlatform.interactive(
            screen, Locale.ENGLISH, id -> Optional.of("What did I\nask in " + id + "?"));
    chat =
        Thread.ofPlatform()
            .unstarted(
                () ->
                    new TerminalChat(
                            screen,
                            platform,
                            core,
                            List.of(),
                            Texts.of(Locale.ENGLISH),
                            folder.resolve("history"),
                            () -> ending)
                        .run());
  }

  @Test
  void theSecondOfTwoCtrlCAtAnEmptyPromptLeaves() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type(Keyboard.CTRL_C);
    keyboard.sees(WARNING).sees(PROMPT).type(Keyboard.CTRL_C);

    chat.join();
  }

  @Test
  void aProcessThatEndsLeavesTheLineThatIsBeingTyped() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type("half a thought");
    keyboard.sees("thought");
    ending = true;
    chat.interrupt();

    chat.join();
    assertThat(core.messages).isEmpty();
    assertThat(keyboard.output()).doesNotContain(WARNING);
  }

  @Test
  void whoQuitsLeaves() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type("/quiet\r");
    keyboard.sees("I don't know /quiet").sees(PROMPT).type("/Quit\r");

    chat.join();
    assertThat(core.messages).isEmpty();
  }

  @Test
  void ctrlCTakesBackTheLineAndWarnsAgainAfterIt() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type(Keyboard.CTRL_C);
    keyboard.sees(WARNING).sees(PROMPT).type("half a thought");
    keyboard.sees("thought").type(Keyboard.CTRL_C);
    keyboard.sees(PROMPT).type(Keyboard.CTRL_C);
    keyboard.sees(WARNING).sees(PROMPT).type(Keyboard.CTRL_D);

    chat.join();
    assertThat(core.messages).isEmpty();
  }

  @Test
  void aSecondCtrlCLeavesAnAnswerThatDoesNotStop() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type("hello\r");
    assertThat(core.messages.take()).isEqualTo("hello");
    keyboard.type(Keyboard.CTRL_C);
    assertThat(core.commands.take()).isEqualTo("stop");
    keyboard.type(Keyboard.CTRL_C);

    chat.join();
    assertThat(keyboard.output()).doesNotContain(WARNING);
  }

  @Test
  void pastedLinesAreOneQuestion() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type("\u001b[200~one\rtwo\rthree\u001b[201~\r");

    assertThat(core.messages.take()).isEqualTo("one\ntwo\nthree");
    core.finish();
    keyboard.sees("done").sees(PROMPT).type(Keyboard.CTRL_D);
    chat.join();
  }

  @Test
  void theLinesTypedSoFarAreDeletedWithEverythingElse() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type("my secret\r");
    core.messages.take();
    assertThat(folder.resolve("history")).content().contains("my secret");
    platform.forget(TerminalPlatform.PERSON);
    core.finish();
    keyboard.sees("done").sees(PROMPT).type("hello\r");
    core.messages.take();
    core.finish();
    keyboard.sees("done").sees(PROMPT).type(Keyboard.CTRL_D);

    chat.join();
    assertThat(folder.resolve("history")).content().contains("hello").doesNotContain("my secret");
  }

  @Test
  void choicesThatAreNumbersAreNotWrittenTwice() throws Exception {
    core.buttons = List.of(new Button("a", "1"), new Button("b", "2"), new Button("c", "›"));
    chat.start();
    keyboard.sees(PROMPT).type("hello\r");
    core.messages.take();
    core.finish();

    keyboard.sees("/1   /2   /3 ›").sees(PROMPT).type(Keyboard.CTRL_D);
    chat.join();
  }

  @Test
  void whatWasOfferedCanBeChosenUntilSomethingElseIs() throws Exception {
    core.buttons = List.of(new Button("up", "👍"), new Button("down", "👎"));
    chat.start();
    keyboard.sees(PROMPT).type("hello\r");
    core.messages.take();
    core.finish();
    keyboard.sees("/1 👍   /2 👎").sees(PROMPT).type("/1\r");
    keyboard.sees("pressed up").sees(PROMPT);
    core.offered = List.of(new Button("why", "Unsafe"));
    keyboard.type("/2\r");
    keyboard.sees("pressed down").sees("/1 Unsafe").sees(PROMPT).type("/1\r");

    keyboard.sees("pressed why").sees(PROMPT).type(Keyboard.CTRL_D);
    chat.join();
  }

  @Test
  void whatAnEarlierProcessWasAskedStandsAboveItsAnswer() throws Exception {
    ReplyChannel reply = platform.open(TerminalPlatform.PLACE, Optional.of("17"));
    reply.post(FormattedText.plain("This."), List.of(), "nonce");
    reply.finished(true);
    chat.start();

    keyboard.sees("› What did I ask in 17?").sees("This.").sees(PROMPT).type("hello\r");
    core.messages.take();
    core.finish();
    keyboard.sees("done").sees(PROMPT).type(Keyboard.CTRL_D);
    chat.join();
    assertThat(keyboard.output()).containsOnlyOnce("What did I");
  }

  @Test
  void whatComesWhileALineIsTypedStandsAboveItAndCanBeChosen() throws Exception {
    chat.start();
    keyboard.sees(PROMPT).type("half a thought");
    keyboard.sees("thought");
    ReplyChannel aside = platform.open(TerminalPlatform.PLACE, Optional.of("17"));
    aside.post(
        FormattedText.plain("Which is better?"),
        List.of(List.of(new Button("show", "Compare"))),
        "nonce");
    aside.finished(true);

    keyboard.sees("Which is better?").sees("/1 Compare").sees("thought").type(Keyboard.CTRL_C);
    keyboard.sees(PROMPT).type("/1\r");
    keyboard.sees("pressed show").sees(PROMPT).type(Keyboard.CTRL_D);
    chat.join();
  }

  /** Takes what is said and leaves the answer open until the test finishes it. */
  private final class Core implements Inbox {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final List<ReplyChannel> replies = new ArrayList<>();
    private List<Button> buttons = List.of();
    private volatile List<Button> offered = List.of();

    void finish() throws PlatformException {
      ReplyChannel reply = replies.getLast();
      reply.post(FormattedText.plain("done"), List.of(buttons), "nonce");
      reply.finished(true);
    }

    @Override
    public void visit(Place around) {}

    @Override
    public List<CommandDefinition> commands() {
      return List.of();
    }

    @Override
    public boolean hears(Person person, Place place) {
      return true;
    }

    @Override
    public boolean hears(Person person, Place place, String what) {
      return true;
    }

    @Override
    public String whyNot(Person person, Place place) {
      return "";
    }

    @Override
    public Texts texts(Person person, Place place) {
      return Texts.of(person.locale());
    }

    @Override
    public void message(IncomingMessage message) {
      replies.add(platform.open(message.place().id(), Optional.of(message.messageId())));
      messages.add(message.text());
    }

    @Override
    public Response command(CommandCall call) {
      commands.add(call.command());
      return Response.of("");
    }

    @Override
    public void ask(IncomingMessage message) {
      throw new AssertionError("a terminal asks by messages");
    }

    @Override
    public boolean wants(IncomingMessage message) {
      return true;
    }

    @Override
    public void edited(IncomingMessage message) {
      throw new AssertionError("nobody edits in a terminal");
    }

    @Override
    public void deleted(PlaceId place, String messageId) {
      throw new AssertionError("nobody deletes in a terminal");
    }

    @Override
    public void closed(PlaceId place) {
      throw new AssertionError("nobody throws Parley out of a terminal");
    }

    @Override
    public void moved(PlaceId from, PlaceId to) {
      throw new AssertionError("terminals do not move");
    }

    @Override
    public void reacted(Reaction reaction) {
      throw new AssertionError("nobody reacts in a terminal");
    }

    @Override
    public Response press(ButtonPress press) {
      return Response.of("pressed " + press.buttonId()).withButtons(List.of(offered));
    }

    @Override
    public Response submit(FormSubmission submission) {
      throw new AssertionError("nobody filled a form in");
    }

    @Override
    public int underway() {
      return 0;
    }

    @Override
    public boolean answersQuietly(Place place) {
      return false;
    }

    @Override
    public List<Completion> complete(CommandCall soFar, String option) {
      return List.of();
    }
  }
}
