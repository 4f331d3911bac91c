package dev.parley.reply;

import dev.parley.format.FormattedText;
import dev.parley.format.MessageSplitter;
import dev.parley.model.TextListener;
import dev.parley.platform.Arrivals;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a growing answer in the pace a platform allows, and delivers its final text whole. The
 * model hands in text and never waits; one thread, that of {@link #run}, talks to the channel.
 */
public final class ReplyStream implements TextListener {
  private static final Logger log = LoggerFactory.getLogger(ReplyStream.class);

  /** Numbers the beginnings and the ends of posting, as they come. */
  private static final AtomicLong POSTS = new AtomicLong();

  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  /** About ten minutes with the delays above. */
  private static final int MOST_TRIES = 25;

  private final ReplyChannel channel;
  private final PlatformLimits limits;
  private final MessageSplitter splitter;
  private final String nonce;
  private final boolean streaming;
  private final Supplier<? extends Arrivals<?>.Arrival> arriving;
  private final PostedListener posted;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private final StringBuilder text = new StringBuilder();
  private String status = "";
  private List<List<Button>> buttons = List.of();
  private @Nullable String last;
  private CompletableFuture<?> before = CompletableFuture.completedFuture(null);
  private @Nullable ReplyStream above;
  private boolean answering;
  private boolean left;

  private volatile long lowest; // when what was posted last was there; 0 before that

  private final CompletableFuture<Void> placed = new CompletableFuture<>();

  // confined to the thread of run
  private Overflow overflow;
  private boolean attaching;
  private final List<String> messageIds = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();
  private long highest; // when this reply began to post; 0 where an earlier process did
  private final List<String> overtaken = new ArrayList<>();
  private int used; // numbers of messages that were taken away

  /** A message as it stands; the Markdown of the file beside it. */
  private record Shown(FormattedText text, List<List<Button>> buttons, Optional<String> file) {}

  /** Hears which platform message shows which part, before anything else is sent. */
  public interface PostedListener {
    void posted(int part, String messageId);

    /** A message that was posted before is not there any more. */
    void removed(String messageId);
  }

  /**
   * Makes a stream.
   *
   * @param overflow what becomes of a very long answer
   * @param nonce the same whenever this reply is carried, so that a platform can tell a second try
   * @param streaming whether the answer is shown while it grows
   * @param alreadyPosted platform messages of an interrupted try, in order: they are edited
   * @param arriving called when a message is about to be posted, and closed when that is known
   */
  public ReplyStream(
      ReplyChannel channel,
      PlatformLimits limits,
      Overflow overflow,
      String nonce,
      boolean streaming,
      List<String> alreadyPosted,
      Supplier<? extends Arrivals<?>.Arrival> arriving,
      PostedListener posted) {
    this.channel = channel;
    this.limits = limits;
    this.splitter =
        new MessageSplitter(limits.messageLength() - limits.cursor().length(), channel::length);
    this.overflow = overflow;
    this.nonce = nonce;
    this.streaming = streaming;
    this.arriving = arriving;
    this.posted = posted;
    alreadyPosted.forEach(
        id -> {
          messageIds.add(id);
          shown.add(new Shown(FormattedText.plain(""), List.of(), Optional.empty()));
        });
  }

  @Override
  public void text(String piece) {
    change(() -> text.append(piece));
  }

  /** Puts text above the answer that grows from now on. */
  public void begin(String before) {
    change(() -> text.append(before));
  }

  /** Forgets the text so far: it will be written again. */
  public void startOver() {
    change(() -> text.setLength(0));
  }

  /** Shows a line while there is no text yet, and buttons while there is no end. */
  public void status(String line, List<List<Button>> below) {
    change(
        () -> {
          status = line;
          buttons = below;
        });
  }

  /** Where nothing is shown yet, nothing will be before this is complete. */
  public void after(CompletableFuture<?> earlier) {
    await(earlier, false);
  }

  /**
   * Belongs below an earlier reply of the conversation. What it says while it waits may stand there
   * before that one has all its parts; it is taken away then, and the answer comes below.
   */
  public void follow(ReplyStream earlier) {
    change(() -> above = earlier);
  }

  /** As {@link #after}, also where it was said already that it waits. */
  public void answerAfter(CompletableFuture<?> earlier) {
    await(earlier, true);
  }

  /** The answer is whole: {@link #run} delivers this text and returns. */
  public void finish(String whole, List<List<Button>> below) {
    change(
        () -> {
          last = whole;
          buttons = below;
        });
  }

  /** Lets {@link #run} end with what stands there; what is being sent is sent. */
  public void leave() {
    change(() -> left = true);
  }

  /**
   * Shows what there is until the final text is delivered.
   *
   * @return whether it could be delivered; if not, the message is gone or the platform stayed away
   * @throws PlatformException at once where the place is closed
   * @throws CancellationException once it was left
   */
  public boolean run() throws InterruptedException, PlatformException {
    channel.typing();
    long typedAt = System.nanoTime();
    while (true) {
      String now;
      List<List<Button>> below;
      boolean whole;
      lock.lockInterruptibly();
      try {
        long untilTyping = typedAt + limits.typingInterval().toNanos() - System.nanoTime();
        if (!left && (nothingNew() || held()) && untilTyping > 0) {
          changed.awaitNanos(untilTyping);
        }
        if (left) {
          throw new CancellationException("left");
        }
        boolean held = held();
        whole = last != null && !held;
        now = held ? "" : last != null ? last : growing();
        below = buttons;
      } finally {
        lock.unlock();
      }
      if (whole) {
        return deliver(now, below);
      }
      if (System.nanoTime() - typedAt >= limits.typingInterval().toNanos()) {
        channel.typing();
        typedAt = System.nanoTime();
      }
      if (now.isEmpty()) {
        continue;
      }
      try {
        grow(now, below);
      } catch (PlatformException e) {
        if (e.kind() == PlatformException.Kind.CLOSED) {
          throw e;
        }
        pause(e, FIRST_RETRY); // the next text, or the final one, is newer anyway
      }
      channel.pause(limits.editInterval());
    }
  }

  /** Complete once something of this reply stands where it belongs, in all its parts so far. */
  public CompletableFuture<Void> placed() {
    return placed;
  }

  /** In one change: what answers, and waits no more, lets go of what stands above. */
  private void await(CompletableFuture<?> earlier, boolean answers) {
    change(
        () -> {
          before = earlier;
          answering = answering || answers;
        });
    var _ = earlier.whenComplete((_, _) -> change(() -> {}));
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What can be shown before the end. */
  private String growing() {
    return streaming && !text.isEmpty() ? text + limits.cursor() : status;
  }

  private boolean held() {
    return !before.isDone() && (messageIds.isEmpty() || answering);
  }

  private boolean nothingNew() {
    return last == null
        && (shown.isEmpty()
            ? growing().isEmpty()
            : shown.equals(wanted(growing(), buttons, false)) || growing().isEmpty());
  }

  private boolean deliver(String whole, List<List<Button>> below)
      throws InterruptedException, PlatformException {
    Duration delay = FIRST_RETRY;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        List<Shown> all = wanted(whole, below, true);
        show(all);
        removeMoreThan(all.size());
        return true;
      } catch (PlatformException e) {
        switch (e.kind()) {
          case CLOSED, REFUSED -> {
            if (canDoWithoutFile()) {
              continue;
            }
            if (e.kind() == PlatformException.Kind.CLOSED) {
              throw e;
            }
            log.warn("An answer is given up: {}", e.getMessage());
            return false;
          }
          case GONE -> {
            log.warn("An answer is given up: {}", e.getMessage());
            return false;
          }
          case RATE_LIMITED, UNREACHABLE, UNKNOWN_OUTCOME -> {
            pause(e, delay);
            Duration doubled = delay.multipliedBy(2);
            delay = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
          }
        }
      }
    }
    return false;
  }

  /**
   * How a text is to be shown.
   *
   * @param isWhole whether it will stay as it is
   */
  private List<Shown> wanted(String markdown, List<List<Button>> below, boolean isWhole) {
    List<FormattedText> parts = splitter.split(channel.format(markdown));
    boolean fits = parts.size() <= overflow.mostMessages();
    List<Shown> wanted = new ArrayList<>();
    for (FormattedText part : fits ? parts : parts.subList(0, overflow.mostMessages())) {
      wanted.add(new Shown(part, List.of(), Optional.empty()));
    }
    if (!wanted.isEmpty()) {
      FormattedText end = wanted.removeLast().text;
      boolean inFile = !fits && isWhole;
      wanted.add(
          new Shown(
              inFile ? channel.format(overflow.note()) : end,
              below,
              inFile ? Optional.of(markdown) : Optional.empty()));
    }
    return wanted;
  }

  /** Shows what will not stay as it is. */
  private void grow(String markdown, List<List<Button>> below) throws PlatformException {
    List<FormattedText> parts = splitter.split(channel.format(markdown));
    boolean drafted = messageIds.isEmpty() && !parts.isEmpty() && channel.draft(parts.getLast());
    if (!drafted) {
      show(wanted(markdown, below, false));
    }
  }

  /** Posts what is new and edits what changed. */
  private void show(List<Shown> wanted) throws PlatformException {
    stepDown();
    for (int i = 0; i < wanted.size(); i++) {
      Shown part = wanted.get(i);
      if (i == messageIds.size()) {
        post(i, new Shown(part.text, part.buttons, Optional.empty()));
      }
      if (!shown.get(i).equals(part)) {
        change(messageIds.get(i), part);
        shown.set(i, part);
      }
    }
    removeOvertaken();
    placed.complete(null);
  }

  /**
   * Lets go of what stands above something of an earlier reply, once that one has ended: it is
   * posted below, and taken away then. Of two that were posted at the same time, either may stand
   * above, so that this one goes below. A process that ends between the two finds both, as parts.
   */
  private void stepDown() {
    ReplyStream earlier;
    lock.lock();
    try {
      earlier = answering && before.isDone() ? above : null;
    } finally {
      lock.unlock();
    }
    if (earlier == null) {
      return;
    }
    if (!messageIds.isEmpty() && earlier.lowest() > highest) {
      overtaken.addAll(messageIds);
      messageIds.clear();
      shown.clear();
      channel.startOver();
    }
    lowest = Math.max(lowest, earlier.lowest());
    change(() -> above = null);
  }

  private void removeOvertaken() throws PlatformException {
    while (!overtaken.isEmpty()) {
      try {
        channel.delete(overtaken.getLast());
      } catch (PlatformException e) {
        if (e.kind() != PlatformException.Kind.REFUSED) {
          throw e;
        }
        log.debug("What was said while it waited stays: {}", e.getMessage());
      }
      posted.removed(overtaken.removeLast());
      used++;
    }
  }

  /** When this reply, or one above it, had posted its last; 0 where they posted nothing. */
  private long lowest() {
    ReplyStream earlier;
    lock.lock();
    try {
      earlier = above;
    } finally {
      lock.unlock();
    }
    return earlier == null ? lowest : Math.max(lowest, earlier.lowest());
  }

  /** Where no file may be sent, all messages are. */
  private boolean canDoWithoutFile() {
    boolean can = attaching && channel.mostMessages() == Integer.MAX_VALUE;
    if (can) {
      overflow = Overflow.NEVER;
      attaching = false;
    }
    return can;
  }

  /** Only in the end: what is too much for now may be needed again, and its id is used up. */
  private void removeMoreThan(int parts) throws PlatformException {
    while (messageIds.size() > Math.max(1, parts)) {
      channel.delete(messageIds.getLast());
      posted.removed(messageIds.removeLast());
      shown.removeLast();
    }
  }

  private void change(String message, Shown part) throws PlatformException {
    if (part.file.isPresent()) {
      attaching = true;
      byte[] content = part.file.get().getBytes(StandardCharsets.UTF_8);
      channel.attach(message, part.text, part.buttons, new OutgoingFile(Overflow.FILE, content));
      attaching = false;
    } else {
      channel.edit(message, part.text, part.buttons);
    }
  }

  private void post(int number, Shown part) throws PlatformException {
    try (var _ = arriving.get()) {
      long began = POSTS.incrementAndGet();
      String id =
          channel.post(part.text, part.buttons, nonce + "-" + (used + overtaken.size() + number));
      lowest = POSTS.incrementAndGet();
      highest = number == 0 ? began : highest;
      messageIds.add(id);
      shown.add(part);
      posted.posted(number, id);
    }
  }

  private void pause(PlatformException e, Duration otherwise) throws InterruptedException {
    channel.pause(e.retryAfter().isZero() ? otherwise : e.retryAfter());
  }
}
