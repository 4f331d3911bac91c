package dev.parley.chat;

import dev.parley.conversation.Message;
import dev.parley.language.Texts;
import dev.parley.model.FinishReason;
import dev.parley.platform.Button;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import dev.parley.reply.Reply;
import dev.parley.reply.ReplyStream;
import dev.parley.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people see of one reply: where it stands, its text while that grows, and its end with what
 * is said around it. Thread-safe; one thread shows.
 */
final class ReplyView {
  private static final Logger log = LoggerFactory.getLogger(ReplyView.class);

  private final Workshop workshop;

  /** As it was taken in: what it has reached since is not asked here. */
  private final Reply reply;

  private final ReplyChannel channel;
  private final Texts texts;
  private final ReplyStream stream;
  private volatile Notes notes;

  ReplyView(
      Workshop workshop,
      Reply reply,
      Notes notes,
      Texts texts,
      ReplyChannel channel,
      PlatformLimits limits) {
    this.workshop = workshop;
    this.reply = reply;
    this.notes = notes;
    this.texts = texts;
    this.channel = channel;
    this.stream =
        new ReplyStream(
            channel,
            limits,
            workshop.overflow(reply.person(), reply.place(), channel, texts),
            "reply-" + reply.id().value(),
            workshop.settings().resolve(Setting.STREAMING, reply.person(), reply.place()).value(),
            workshop.tally(),
            workshop.platformMessages().showing(reply.answer()),
            () -> workshop.platformMessages().arriving(reply.place()),
            workshop.remembering(reply.place(), reply.answer()));
  }

  /**
   * Shows until the end has been delivered.
   *
   * @return whether it could be; if not, the message is gone or the platform stayed away
   * @throws PlatformException at once where the place is closed
   * @throws CancellationException once it was left
   */
  boolean run() throws InterruptedException, PlatformException {
    return stream.run();
  }

  /** Lets {@link #run} end with what stands there. */
  void leave() {
    stream.leave();
  }

  /** Complete once something of it stands where it belongs, in all its parts so far. */
  CompletableFuture<Void> placed() {
    return stream.placed();
  }

  /**
   * Belongs below an earlier one of the conversation.
   *
   * @param shown before that nothing is shown
   */
  void follow(ReplyView earlier, CompletableFuture<?> shown) {
    stream.follow(earlier.stream);
    stream.after(shown);
  }

  /** The last end of the process interrupted it. */
  void restarted() {
    stream.status(texts.say("answer.restarted"), wayOut("button.cancel"));
  }

  /** Waits for the model. */
  void waits(Waiting waiting) {
    stream.status(waiting.line(texts), wayOut("button.cancel"));
  }

  /**
   * The model begins.
   *
   * @param before nothing of its text is shown before this is complete
   */
  void begins(CompletableFuture<?> before) {
    stream.answerAfter(before);
    stream.status("", wayOut("button.stop"));
  }

  /** The model thinks, which is not shown while it lasts. */
  void thinks() {
    stream.status(texts.say("answer.thinking"), wayOut("button.stop"));
  }

  private List<List<Button>> wayOut(String labelKey) {
    return AnswerButtons.whileRunning(reply.id().value(), labelKey, texts);
  }

  /** A try begins: of the one before nothing stays but what is to be continued. */
  void startOver() {
    stream.startOver();
    if (reply.continuation()) {
      stream.begin(workshop.tree().find(reply.answer()).orElseThrow().text());
    }
  }

  /** The model writes. */
  void text(String piece) {
    stream.text(piece);
  }

  /** Something to be said above the answer, once. */
  void noteBefore(String note) {
    notes = notes.alsoBefore(note);
  }

  /** Something to be said below it. */
  void noteAfter(String note) {
    notes = notes.alsoAfter(note);
  }

  /** The answer is whole. */
  void finishWith(Message answer) {
    boolean wasStopped =
        answer.generation().map(g -> g.finishReason() == FinishReason.CANCELLED).orElse(false);
    Notes around = wasStopped ? notes.after(texts.say("answer.stopped")) : notes;
    stream.finish(
        around.without(channel::note).around(answer.text()), workshop.buttonsUnder(answer, texts));
  }

  /** Stopped before there was a word. */
  void finishStopped() {
    finishWithout("_" + texts.say("answer.stopped") + "_", List.of());
  }

  /**
   * Says why there is no answer, or below what was to be continued why it does not go on.
   *
   * @param first buttons before the usual ones
   */
  void finishWithout(String why, List<List<Button>> first) {
    String whole = why;
    List<List<Button>> buttons = new ArrayList<>(first);
    try {
      Optional<Message> begun =
          workshop.tree().find(reply.answer()).filter(answer -> reply.continuation());
      if (begun.isPresent()) {
        whole = begun.get().text() + "\n\n" + why;
        buttons.addAll(workshop.buttonsUnder(begun.get(), texts));
      } else {
        buttons.addAll(workshop.buttonsInsteadOf(reply.answer(), texts));
      }
    } catch (RuntimeException e) {
      log.error("Reply {} could not be read again", reply.id().value(), e);
    }
    stream.finish(whole, buttons);
  }
}
