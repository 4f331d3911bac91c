package dev.parley.reply;

import dev.parley.format.FormattedText;
import dev.parley.format.MessageSplitter;
import dev.parley.model.TextListener;
import dev.parley.platform.Arrivals;
import dev.parley.platform.Button;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import dev.parley.reply.PostedMessages.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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

  private final ReplyChannel channel;
  private final PlatformLimits limits;
  private final MessageSplitter splitter;
  private final boolean streaming;
  private final Tally tally;
  private final PostedMessages messages; // confined to the thread of run
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private final StringBuilder text = new StringBuilder();
  private long pieces; // of text that came
  private String status = "";
  private List<List<Button>> buttons = List.of();
  private @Nullable String last;
  private CompletableFuture<?> before = CompletableFuture.completedFuture(null);
  private boolean answering;
  private boolean left;

  // confined to the thread of run
  private Overflow overflow;
  private long shown; // of the pieces

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
   * @param tally counts failures, and edits that are not needed
   * @param alreadyPosted platform messages of an interrupted try, in order: they are edited
   * @param arriving called when a message is about to be posted, and closed when that is known
   */
  public ReplyStream(
      ReplyChannel channel,
      PlatformLimits limits,
      Overflow overflow,
      String nonce,
      boolean streaming,
      Tally tally,
      List<String> alreadyPosted,
      Supplier<? extends Arrivals<?>.Arrival> arriving,
      PostedListener posted) {
    this.channel = channel;
    this.limits = limits;
    this.splitter =
        new MessageSplitter(limits.messageLength() - limits.cursor().length(), channel::length);
    this.overflow = overflow;
    this.streaming = streaming;
    this.tally = tally;
    this.messages = new PostedMessages(channel, nonce, alreadyPosted, arriving, posted);
  }

  @Override
  public void text(String piece) {
    change(
        () -> {
          text.append(piece);
          pieces += piece.isEmpty() ? 0 : 1;
        });
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
    messages.follow(earlier.messages);
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
      long come;
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
        come = pieces;
      } finally {
        lock.unlock();
      }
      if (whole) {
        boolean arrived = deliver(now, below);
        count(arrived ? come : shown);
        return arrived;
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
        count(come);
      } catch (PlatformException e) {
        tally.failed(e);
        if (e.kind() == PlatformException.Kind.CLOSED) {
          throw e;
        }
        new Retries(channel).pause(e); // the next text, or the final one, is newer anyway
      }
      channel.pause(limits.editInterval());
    }
  }

  /** Complete once something of this reply stands where it belongs, in all its parts so far. */
  public CompletableFuture<Void> placed() {
    return messages.placed();
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

  /** So many pieces are shown. */
  private void count(long come) {
    tally.shown(come - shown);
    shown = come;
  }

  /** What can be shown before the end. */
  private String growing() {
    return streaming && !text.isEmpty() ? text + limits.cursor() : status;
  }

  private boolean held() {
    return !before.isDone() && (messages.isEmpty() || answering);
  }

  private boolean nothingNew() {
    return last == null
        && (messages.isEmpty()
            ? growing().isEmpty()
            : messages.areAlready(wanted(growing(), buttons, false)) || growing().isEmpty());
  }

  private boolean deliver(String whole, List<List<Button>> below)
      throws InterruptedException, PlatformException {
    Retries retries = new Retries(channel);
    for (int tries = 0; tries < Retries.MOST_TRIES; tries++) {
      try {
        List<Part> all = wanted(whole, below, true);
        show(all);
        messages.removeMoreThan(all.size());
        return true;
      } catch (PlatformException e) {
        tally.failed(e);
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
          case RATE_LIMITED, UNREACHABLE, UNKNOWN_OUTCOME -> retries.pause(e);
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
  private List<Part> wanted(String markdown, List<List<Button>> below, boolean isWhole) {
    List<FormattedText> parts = splitter.split(channel.format(markdown));
    boolean fits = parts.size() <= overflow.mostMessages();
    List<Part> wanted = new ArrayList<>();
    for (FormattedText part : fits ? parts : parts.subList(0, overflow.mostMessages())) {
      wanted.add(new Part(part, List.of(), Optional.empty()));
    }
    if (!wanted.isEmpty()) {
      FormattedText end = wanted.removeLast().text();
      boolean inFile = !fits && isWhole;
      wanted.add(
          new Part(
              inFile ? channel.format(overflow.note()) : end,
              below,
              inFile ? Optional.of(markdown) : Optional.empty()));
    }
    return wanted;
  }

  /** Shows what will not stay as it is. */
  private void grow(String markdown, List<List<Button>> below) throws PlatformException {
    List<FormattedText> parts = splitter.split(channel.format(markdown));
    boolean drafted = messages.isEmpty() && !parts.isEmpty() && channel.draft(parts.getLast());
    if (!drafted) {
      show(wanted(markdown, below, false));
    }
  }

  private void show(List<Part> wanted) throws PlatformException {
    if (mayStepDown()) {
      messages.stepDown();
    }
    messages.become(wanted);
  }

  private boolean mayStepDown() {
    lock.lock();
    try {
      return answering && before.isDone();
    } finally {
      lock.unlock();
    }
  }

  /** Where no file may be sent, all messages are. */
  private boolean canDoWithoutFile() {
    boolean can = messages.isAttaching() && channel.mostMessages() == Integer.MAX_VALUE;
    if (can) {
      overflow = Overflow.NEVER;
    }
    return can;
  }
}
