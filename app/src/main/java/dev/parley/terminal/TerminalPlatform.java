package dev.parley.terminal;

import dev.parley.platform.Button;
import dev.parley.platform.CommandCall;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The terminal as a platform with one private place. Counts the replies that are still being
 * written, so that the one who reads lines knows when to ask for the next. Thread-safe.
 */
public final class TerminalPlatform implements Platform {
  public static final String NAME = "terminal";
  public static final PlaceId PLACE = new PlaceId(NAME, "local");

  /** Whoever sits at it. */
  public static final PersonId PERSON = new PersonId(NAME, "local");

  /** Calm enough to read, quick enough to feel live; a terminal has no budget of edits. */
  private static final PlatformLimits LIMITS =
      new PlatformLimits(Integer.MAX_VALUE, Duration.ofMillis(40), Duration.ofSeconds(60), "");

  private final Locale locale;
  private final Channels channels;
  private int open;
  private boolean asked;
  private boolean allAnswered = true;
  private List<Button> buttons = List.of();
  private Optional<BiConsumer<String, List<Button>>> typing = Optional.empty();
  private volatile Forgetting forgetting = () -> {};

  private interface Channels {
    /**
     * @param asked whether this process asked, rather than one before it
     * @param question the id of the message that is answered
     */
    ReplyChannel open(boolean asked, Optional<String> question, Finished whenFinished);
  }

  /** Deletes the lines that were typed. */
  public interface Forgetting {
    void forget() throws IOException;
  }

  /** Hears that a reply is whole. */
  interface Finished {
    void finished(boolean answered, List<Button> below);
  }

  /**
   * A terminal somebody sits at.
   *
   * @param questions the text of a message by its id: what an earlier process was asked is shown
   *     above the answer that comes now
   */
  public static TerminalPlatform interactive(
      Screen screen, Locale locale, Function<String, Optional<String>> questions) {
    return new TerminalPlatform(
        locale,
        (asked, question, finished) ->
            new TerminalChannel(
                screen, asked ? Optional.empty() : question.flatMap(questions), finished));
  }

  /**
   * Pipes instead of a terminal.
   *
   * @param out gets the answers to what is asked from now on, nothing else
   * @param err gets why there is none, and answers that the last end of the process interrupted
   */
  public static TerminalPlatform piped(PrintStream out, PrintStream err, Locale locale) {
    return new TerminalPlatform(
        locale, (asked, question, finished) -> new PipedChannel(asked ? out : err, err, finished));
  }

  private TerminalPlatform(Locale locale, Channels channels) {
    this.locale = locale;
    this.channels = channels;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Whoever sits at it runs Parley, and knows. */
  @Override
  public boolean reachesPeople() {
    return false;
  }

  @Override
  public PlatformLimits limits() {
    return LIMITS;
  }

  @Override
  public void start(Inbox inbox) {
    // the reader of lines calls the core; there is nothing to connect to
  }

  @Override
  public ReplyChannel open(PlaceId place, Optional<String> question) {
    boolean askedHere;
    Optional<BiConsumer<String, List<Button>>> above;
    synchronized (this) {
      open++;
      askedHere = asked;
      above = typing;
    }
    return above
        .<ReplyChannel>map(line -> new AsideChannel(line, this::finished))
        .orElseGet(() -> channels.open(askedHere, question, this::finished));
  }

  /**
   * Somebody types a line from now on: what comes meanwhile is shown above it.
   *
   * @param above shows a text and what can be chosen under it; any thread
   */
  synchronized void typing(BiConsumer<String, List<Button>> above) {
    typing = Optional.of(above);
  }

  /** The line was typed. */
  synchronized void typed() {
    typing = Optional.empty();
  }

  @Override
  public void close() {}

  /** How the lines that were typed are deleted, on the thread that does so for the core. */
  public void onForget(Forgetting how) {
    forgetting = how;
  }

  @Override
  public void forget(PersonId person) {
    try {
      forgetting.forget();
    } catch (IOException e) {
      throw new UncheckedIOException("The lines typed so far could not be deleted", e);
    }
  }

  /** The one who sits at the terminal, who may do everything here. */
  Person person() {
    String name = System.getProperty("user.name", "you");
    return new Person(PERSON, name, locale, true);
  }

  Place place() {
    return new Place(PLACE, Place.Kind.PRIVATE, Optional.empty(), "");
  }

  /** A message of the one at the terminal. */
  IncomingMessage message(String text) {
    String id = eventId();
    return new IncomingMessage(
        id,
        place(),
        person(),
        id,
        text,
        Optional.empty(),
        true,
        List.of(),
        List.of(),
        Instant.now());
  }

  CommandCall call(CommandLine line) {
    return new CommandCall(eventId(), place(), person(), line.command(), line.options());
  }

  String eventId() {
    return UUID.randomUUID().toString();
  }

  synchronized boolean writing() {
    return open > 0;
  }

  /**
   * Waits for what an earlier process left behind; whatever is answered after that was asked now.
   */
  synchronized void begin() throws InterruptedException {
    awaitQuiet();
    asked = true;
    allAnswered = true;
  }

  /** Waits until no reply is being written and returns the buttons under the last one. */
  synchronized List<Button> awaitQuiet() throws InterruptedException {
    while (open > 0) {
      wait();
    }
    return buttons;
  }

  /** Whether every reply so far was an answer. */
  synchronized boolean allAnswered() {
    return allAnswered;
  }

  private synchronized void finished(boolean answered, List<Button> below) {
    open--;
    allAnswered &= answered;
    buttons = below;
    notifyAll();
  }
}
