package dev.parley.chat;

import dev.parley.language.Texts;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.ModelException;
import dev.parley.model.TextListener;
import dev.parley.moderation.Finding;
import dev.parley.platform.Person;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import dev.parley.prompt.Prompt;
import dev.parley.queue.GenerationRequest;
import dev.parley.queue.QueueClosedException;
import dev.parley.queue.QueueFullException;
import dev.parley.queue.QueuedGeneration;
import dev.parley.reply.Reply;
import dev.parley.reply.ReplyState;
import dev.parley.reply.Tally;
import dev.parley.storage.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reply on its way: waits for the model, streams, stores, delivers. What it has reached is in
 * the database, so that the same reply can be carried again by another process. One thread carries;
 * any thread may stop.
 */
final class ReplyRun {
  private static final Logger log = LoggerFactory.getLogger(ReplyRun.class);

  /** A failed model gets a second chance, nobody's patience a third. */
  private static final int MOST_ATTEMPTS = 2;

  /**
   * Attempts after which a reply is not taken up again: it may be what ends the process each time.
   */
  private static final int MOST_INTERRUPTED = 5;

  private static final String QUEUE_FULL = "queue full";
  private static final String THOUGHT_ONLY = "thought only";

  private static final long STATUS_SECONDS = 1;

  /** Waited for the end of a delivery. */
  static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final Workshop workshop;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ReplyChannel channel;
  private final ReplyView view;
  private final Texts texts;

  /** As the platform describes who asked; empty where nobody knows any more. */
  private final Optional<Person> asker;

  private volatile Reply reply;

  /** The version of the model that writes it. */
  private volatile String writer = "";

  /** What was objected to, of the present try. */
  private volatile Optional<Finding> finding = Optional.empty();

  private volatile boolean stopped;
  private volatile boolean closed;

  /** Whether it was taken in before, so that no limit refuses it now. */
  private volatile boolean takenBefore;

  private volatile boolean again;
  private volatile boolean writtenAgain;
  private volatile @Nullable QueuedGeneration queued;
  private volatile CompletableFuture<?> before = CompletableFuture.completedFuture(null);

  /** Completes when the reply has come to an end that is stored, in whichever of its runs. */
  private volatile CompletableFuture<Void> settled = new CompletableFuture<>();

  ReplyRun(
      Workshop workshop,
      Reply reply,
      Notes notes,
      Optional<Person> asker,
      Texts texts,
      ReplyChannel channel,
      PlatformLimits limits) {
    this.workshop = workshop;
    this.reply = reply;
    this.asker = asker;
    this.texts = texts;
    this.channel = channel;
    this.view = new ReplyView(workshop, reply, notes, texts, channel, limits);
  }

  Reply reply() {
    return reply;
  }

  /** Completes when nothing more is shown of it. */
  CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /**
   * Shows nothing before an earlier reply of the conversation has its place, and its answer not
   * before that one stands in all its parts. Where that one is written again after a restart, it
   * has its place only then.
   */
  void follow(ReplyRun earlier) {
    before = CompletableFuture.allOf(earlier.before, earlier.settled);
    view.follow(
        earlier.view,
        earlier.writtenAgain
            ? before
            : CompletableFuture.anyOf(earlier.view.placed(), earlier.settled));
  }

  /** Where it stands, while it has not been delivered. */
  Waiting waiting() {
    QueuedGeneration now = queued;
    return now == null
        ? new Waiting(reply.id(), 0, Optional.empty())
        : new Waiting(reply.id(), now.position(), now.estimate());
  }

  /** The last end of the process interrupted it, which is said until the answer begins. */
  void restarted() {
    writtenAgain = true;
    takenBefore = true;
    if (reply.state() != ReplyState.DELIVERING) {
      view.restarted();
    }
  }

  /** What an earlier run of this process could not store: no end of a process interrupted it. */
  void again(ReplyRun earlier) {
    again = true;
    takenBefore = true;
    settled = earlier.settled;
  }

  /** No further run of the reply comes: what follows it goes on. */
  void settle() {
    settled.complete(null);
  }

  /** Whether its end is not on the disk although nothing ends the process. */
  boolean isUnstored() {
    return !reply.state().isFinal() && !Thread.currentThread().isInterrupted();
  }

  /** Lets time pass, as the platform counts it. */
  void pause(Duration duration) throws InterruptedException {
    channel.pause(duration);
  }

  /** Waits until nothing more is shown, but not for a platform that stays away. */
  void awaitEnd() {
    awaitEnd(LONGEST_END);
  }

  /**
   * Waits likewise.
   *
   * @param longest where nothing is left of it, only looks
   */
  void awaitEnd(Duration longest) {
    try {
      ended.get(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("Reply {} is still being delivered", reply.id().value());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it; what was written so far stays. */
  void stop() {
    stopped = true;
    stopWriting();
  }

  private boolean isKeptBack() {
    return finding.isPresent() && workshop.moderation().blocks(reply.place());
  }

  private void stopWriting() {
    QueuedGeneration now = queued;
    if (now != null) {
      now.cancel();
    }
  }

  /** Carries the reply from the state it is in to the end. */
  void carry() {
    try {
      generateAndDeliver();
    } finally {
      ended.complete(null);
    }
  }

  private void generateAndDeliver() {
    Thread delivery =
        Thread.ofVirtual().name("delivery-" + reply.id().value()).start(this::deliver);
    try {
      if (reply.state() != ReplyState.DELIVERING) {
        generate();
      } else if (reply.errorCase().isPresent()) {
        tellFailure(reply.errorCase().get());
      } else {
        view.finishWith(workshop.tree().find(reply.answer()).orElseThrow());
      }
      delivery.join();
      if (closed && reply.state() == ReplyState.DELIVERING) {
        reply = workshop.replies().failed(reply.id(), ErrorCase.next());
      }
    } catch (InterruptedException e) {
      delivery.interrupt();
      joinQuietly(delivery);
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      boolean unfinished = !reply.state().isFinal();
      if (unfinished && e instanceof DatabaseException known && known.isPassing()) {
        workshop.tally().failed(e);
        log.warn("Reply {} waits: {}", reply.id().value(), e.getMessage());
        stopWriting();
        view.leave();
      } else {
        log.error("Reply {} could not be carried on", reply.id().value(), e);
        giveUp(e);
      }
      joinQuietly(delivery);
    }
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void generate() throws InterruptedException {
    if (reply.state() == ReplyState.GENERATING) {
      if (reply.attempts() >= MOST_INTERRUPTED && !again) {
        giveUp(new ModelException("The process ended each time this reply was written."));
        return;
      }
      reply = workshop.replies().requeue(reply.id());
    }
    while (true) {
      view.startOver();
      finding = Optional.empty();
      try {
        submitAndWait();
        return;
      } catch (QueueClosedException closing) {
        throw new InterruptedException("the process ends: the next one takes the reply up");
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof QueueClosedException) {
          throw new InterruptedException("the process ends: the next one takes the reply up");
        }
        if (failure.getCause() instanceof DatabaseException known && known.isPassing()) {
          throw known;
        }
        if (reply.state() != ReplyState.GENERATING || reply.attempts() >= MOST_ATTEMPTS) {
          giveUp(failure);
          return;
        }
        workshop.tally().failed(failure);
        log.warn("Reply {} failed and is tried again", reply.id().value(), failure.getCause());
        reply = workshop.replies().requeue(reply.id());
      } catch (QueueFullException full) {
        workshop
            .tally()
            .limited(full.personal() ? Tally.Limit.WAITING_OF_PERSON : Tally.Limit.WAITING);
        String why =
            full.personal()
                ? texts.say("queue.personal", workshop.limits().waitingPerPerson())
                : texts.say("queue.full", Math.max(1, full.untilRoom().toSeconds()));
        reply = workshop.replies().givenUp(reply.id(), QUEUE_FULL);
        view.finishWithout(why, List.of());
        return;
      }
    }
  }

  private void submitAndWait() throws InterruptedException, ExecutionException, QueueFullException {
    GenerationOptions options = workshop.prompter().options(reply);
    GenerationRequest request =
        new GenerationRequest(
            reply.person(),
            reply.place(),
            reply.conversation().value(),
            GenerationRequest.Priority.ANSWER,
            () -> prompt(options),
            new Hearing());
    QueuedGeneration now =
        takenBefore
            ? workshop.queue().submitAgain(request, this::store)
            : workshop.queue().submit(request, this::store);
    takenBefore = true;
    queued = now;
    if (stopped || isKeptBack()) {
      now.cancel();
    }
    try {
      await(now);
    } catch (CancellationException stoppedWhileWaiting) {
      endStopped();
    }
  }

  /**
   * A thought is not shown while it lasts, only that there is one; and of what is moderated a
   * sentence only once it is whole and nobody objects. Confined to one try.
   */
  private final class Hearing implements TextListener {
    private final Optional<GrowingText> moderated = workshop.moderation().growing(reply.place());
    private boolean thinking;

    @Override
    public void text(String piece) {
      if (moderated.isEmpty()) {
        view.text(piece);
        return;
      }
      GrowingText text = moderated.get();
      view.text(text.add(piece));
      finding = text.finding();
      if (isKeptBack()) {
        stopWriting();
      }
    }

    @Override
    public void thought(String piece) {
      if (!thinking) {
        thinking = true;
        view.thinks();
      }
    }
  }

  private void endStopped() {
    reply = workshop.replies().cancelled(reply.id());
    view.finishStopped();
  }

  /** Called when it is its turn: the model begins now. */
  private GenerationRequest.Prompt prompt(GenerationOptions options) {
    Prompt prompt = workshop.prompter().prompt(reply, options);
    if (prompt.forgot()) {
      view.noteBefore(texts.say("answer.forgot"));
    }
    prompt.wordsRead().ifPresent(words -> view.noteBefore(texts.say("answer.words-read", words)));
    reply = workshop.replies().generating(reply.id());
    view.begins(before);
    return (model, listener) -> {
      writer = model.info().version();
      return model.generate(prompt.messages(), options, listener);
    };
  }

  /** Waits for the result and tells the person how long it may take. */
  private void await(QueuedGeneration now) throws InterruptedException, ExecutionException {
    while (true) {
      try {
        now.result().get(STATUS_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException stillWaiting) {
        Waiting waiting = waiting();
        if (waiting.position() > 0) {
          view.waits(waiting);
        }
      }
    }
  }

  /** Called before the next question of the conversation begins, whose prompt sees this answer. */
  private void store(GenerationResult result) {
    String before =
        reply.continuation() ? workshop.tree().find(reply.answer()).orElseThrow().text() : "";
    String whole = before + result.text();
    if (whole.isBlank()) {
      endWithoutAWord(result);
      return;
    }
    finding =
        finding
            .or(() -> workshop.moderation().look(reply.place(), result.text()))
            .or(() -> workshop.moderation().look(reply.place(), result.thought()));
    Optional<Moderation.Objection> objection =
        finding.map(
            found ->
                workshop.moderation().answer(reply.person(), reply.place(), found, whole, texts));
    if (objection.isPresent() && objection.get().blocks()) {
      reply = workshop.replies().keptBack(reply.id(), result);
      view.finishWithout(objection.get().says(), objection.get().buttons());
      return;
    }
    objection.ifPresent(mark -> view.noteAfter(mark.says()));
    storeWith(
        result,
        () -> reply = workshop.replies().generated(reply.id(), whole.strip(), writer, result));
    view.finishWith(workshop.tree().find(reply.answer()).orElseThrow());
  }

  /** Stores what was generated, and notes which limit it brought near its end. */
  private void storeWith(GenerationResult result, Runnable storing) {
    if (asker.isEmpty()) {
      storing.run();
      return;
    }
    long tokens = (long) result.promptTokens() + result.generatedTokens();
    workshop
        .daily()
        .nearedByAnswer(asker.get(), reply.place(), tokens, texts, storing)
        .ifPresent(view::noteAfter);
  }

  private void endWithoutAWord(GenerationResult result) {
    boolean thought = !result.thought().isBlank();
    if (thought) {
      storeWith(result, () -> workshop.replies().thoughtOnly(reply, result));
    }
    if (result.finishReason() == FinishReason.CANCELLED) {
      endStopped();
    } else if (thought && result.finishReason() != FinishReason.END) {
      reply = workshop.replies().givenUp(reply.id(), THOUGHT_ONLY);
      tellFailure(THOUGHT_ONLY);
    } else {
      throw new ModelException("The model ended without a word.");
    }
  }

  private void giveUp(Throwable cause) {
    workshop.tally().failed(cause);
    String errorCase = ErrorCase.next();
    log.error("Reply {} failed: case {}", reply.id().value(), errorCase, cause);
    try {
      if (reply.state() == ReplyState.DELIVERING) {
        reply = workshop.replies().failed(reply.id(), errorCase);
      } else if (!reply.state().isFinal()) {
        reply = workshop.replies().givenUp(reply.id(), errorCase);
      }
    } catch (RuntimeException e) {
      log.error("Reply {} could not be marked as failed", reply.id().value(), e);
    }
    tellFailure(errorCase);
  }

  private void tellFailure(String errorCase) {
    String why =
        errorCase.equals(THOUGHT_ONLY)
            ? texts.say("answer.only-thought")
            : texts.say("answer.failed", errorCase);
    view.finishWithout(why, List.of());
  }

  /** Runs on a thread of its own: shows what there is and delivers the end. */
  private void deliver() {
    try {
      boolean arrived = view.run();
      if (reply.state() == ReplyState.DELIVERING) {
        reply =
            arrived && reply.errorCase().isEmpty()
                ? workshop.replies().delivered(reply.id())
                : workshop
                    .replies()
                    .failed(reply.id(), reply.errorCase().orElseGet(ErrorCase::next));
      }
    } catch (InterruptedException shuttingDown) {
      Thread.currentThread().interrupt();
      return;
    } catch (CancellationException left) {
      log.debug("Reply {} is shown again by the run that carries it again", reply.id().value());
    } catch (PlatformException e) {
      log.info("Reply {} has nobody to go to: {}", reply.id().value(), e.getMessage());
      workshop.places().close(reply.place());
      closed = true;
      stop();
    } catch (RuntimeException e) { // what is not marked as delivered is delivered by another run
      workshop.tally().failed(e);
      if (e instanceof DatabaseException known && known.isPassing()) {
        log.warn("The delivery of reply {} waits: {}", reply.id().value(), e.getMessage());
      } else {
        log.error("The delivery of reply {} ended", reply.id().value(), e);
      }
    }
    channel.finished(reply.state() == ReplyState.DELIVERED);
  }
}
