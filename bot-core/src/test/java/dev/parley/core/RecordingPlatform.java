package dev.parley.core;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.Feature;
import dev.parley.platform.Inbox;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A platform that keeps what it was told to show, also what was replaced since. Thread-safe. */
final class RecordingPlatform implements Platform {
  private static final PlatformLimits LIMITS =
      new PlatformLimits(2_000, Duration.ofMillis(1), Duration.ofSeconds(10), "");

  // all below: guarded by this
  private final Map<String, Shown> messages = new LinkedHashMap<>();
  private final Map<String, String> byNonce = new HashMap<>();
  private final Map<PlaceId, List<String>> everything = new HashMap<>();

  /** How much faster than the machine's its time passes. */
  private static final int QUICKER = 100;

  private int open;
  private boolean held;
  private boolean silent;
  private int refusals;
  private PlatformLimits limits = LIMITS;
  private Optional<String> keeping = Optional.empty();
  private Set<Feature> features = Set.of();
  private final Set<PlaceId> closed = new HashSet<>();

  /** A message as it stands. */
  record Shown(String id, PlaceId place, String text, List<Button> buttons) {}

  /** What stands in a place now, oldest first. */
  synchronized List<Shown> in(PlaceId place) {
    return messages.values().stream().filter(shown -> shown.place().equals(place)).toList();
  }

  /** Every text that was ever shown in a place, in order. */
  synchronized List<String> everythingIn(PlaceId place) {
    return List.copyOf(everything.getOrDefault(place, List.of()));
  }

  /** It cannot delete what it keeps of people. */
  synchronized void keeps(String why) {
    keeping = Optional.of(why);
  }

  @Override
  public synchronized void forget(PersonId person) {
    if (keeping.isPresent()) {
      throw new UncheckedIOException(new IOException(keeping.get()));
    }
  }

  /** Nothing more is shown until {@link #release}. */
  synchronized void hold() {
    held = true;
  }

  /** What is shown from now on is not confirmed until {@link #release}. */
  synchronized void holdConfirmations() {
    silent = true;
  }

  synchronized void release() {
    held = false;
    silent = false;
    notifyAll();
  }

  /** Takes none of the next messages. */
  synchronized void takesNothing(int times) {
    refusals = times;
  }

  /** From now on messages are at most so long. */
  synchronized void takesAtMost(int length) {
    limits =
        new PlatformLimits(length, LIMITS.editInterval(), LIMITS.typingInterval(), LIMITS.cursor());
  }

  /** Takes nothing for a place any more. */
  synchronized void close(PlaceId place) {
    closed.add(place);
  }

  synchronized void reopen(PlaceId place) {
    closed.remove(place);
  }

  private synchronized void checkOpen(PlaceId place) throws PlatformException {
    if (closed.contains(place)) {
      throw new PlatformException(PlatformException.Kind.CLOSED, "blocked");
    }
    if (refusals > 0) {
      refusals--;
      throw new PlatformException(PlatformException.Kind.UNREACHABLE, "away");
    }
  }

  /** Waits until no reply is on its way. */
  void awaitQuiet() throws InterruptedException {
    await(() -> open == 0, "a reply never ended");
  }

  /** Waits until a text is shown somewhere. */
  void awaitText(String part) throws InterruptedException {
    await(
        () -> messages.values().stream().anyMatch(shown -> shown.text().contains(part)),
        "never shown: " + part);
  }

  private synchronized void await(BooleanSupplier condition, String otherwise)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(otherwise + "; there is " + messages.values());
      }
      wait(100);
    }
  }

  @Override
  public String name() {
    return "telegram";
  }

  /** From now on it has these. */
  synchronized void has(Feature... some) {
    features = Set.of(some);
  }

  @Override
  public synchronized Set<Feature> features() {
    return features;
  }

  @Override
  public synchronized PlatformLimits limits() {
    return limits;
  }

  @Override
  public void start(Inbox inbox) {}

  @Override
  public synchronized ReplyChannel open(PlaceId place, Optional<String> question) {
    open++;
    return new Channel(place);
  }

  @Override
  public void close() {}

  private synchronized void show(Shown shown) {
    waitWhile(() -> held);
    messages.put(shown.id(), shown);
    everything.computeIfAbsent(shown.place(), key -> new ArrayList<>()).add(shown.text());
    notifyAll();
    waitWhile(() -> silent);
  }

  private synchronized void waitWhile(BooleanSupplier condition) {
    while (condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private synchronized String post(
      PlaceId place, String markdown, List<List<Button>> rows, String nonce) {
    String id = byNonce.computeIfAbsent(nonce, key -> "answer-" + (byNonce.size() + 1));
    show(new Shown(id, place, markdown, flat(rows)));
    return id;
  }

  private static List<Button> flat(List<List<Button>> rows) {
    return rows.stream().flatMap(List::stream).toList();
  }

  private synchronized void remove(String messageId) {
    messages.remove(messageId);
  }

  private synchronized void finished() {
    open--;
    notifyAll();
  }

  private final class Channel implements ReplyChannel {
    private final PlaceId place;

    Channel(PlaceId place) {
      this.place = place;
    }

    @Override
    public void typing() {}

    /** As it was written, for tests to read. */
    @Override
    public FormattedText format(String markdown) {
      return FormattedText.plain(markdown);
    }

    @Override
    public String post(FormattedText text, List<List<Button>> buttons, String nonce)
        throws PlatformException {
      checkOpen(place);
      return RecordingPlatform.this.post(place, text.text(), buttons, nonce);
    }

    @Override
    public void edit(String messageId, FormattedText text, List<List<Button>> buttons)
        throws PlatformException {
      checkOpen(place);
      show(new Shown(messageId, place, text.text(), flat(buttons)));
    }

    @Override
    public void delete(String messageId) {
      remove(messageId);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      Thread.sleep(duration.dividedBy(QUICKER));
    }

    @Override
    public void finished(boolean answered) {
      RecordingPlatform.this.finished();
    }
  }
}
