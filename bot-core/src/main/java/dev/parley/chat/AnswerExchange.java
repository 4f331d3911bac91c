package dev.parley.chat;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.language.Texts;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import dev.parley.reply.ReplyStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows answers that were given before, each in the messages of the alternative that stands there.
 * Thread-safe.
 */
final class AnswerExchange {
  private static final Logger log = LoggerFactory.getLogger(AnswerExchange.class);

  private final Workshop workshop;
  private final Languages languages;
  private final Channels channels;

  /** What is under way, by question; complete once it has ended. */
  private final Map<MessageId, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();

  AnswerExchange(Workshop workshop, Languages languages, Channels channels) {
    this.workshop = workshop;
    this.languages = languages;
    this.channels = channels;
  }

  /** What exchanges the answer to a question. */
  Optional<CompletableFuture<Void>> underway(MessageId question) {
    return Optional.ofNullable(underway.get(question));
  }

  /** From now on the answer to a question is being exchanged: {@link #show} has to follow. */
  void begin(MessageId question) {
    underway.put(question, new CompletableFuture<>());
  }

  /** Starts to show an answer to a question, for which {@link #begin} was called. */
  void show(MessageId question, Message answer, PersonId person, PlaceId place) {
    try {
      start(question, answer, person, place);
    } catch (RuntimeException e) {
      end(question);
      throw e;
    }
  }

  private void start(MessageId question, Message answer, PersonId person, PlaceId place) {
    workshop.tree().switchTo(answer.id());
    workshop.platformMessages().showAnswer(question, answer.id());
    ReplyChannel channel =
        channels.open(place, workshop.platformMessages().showing(question).stream().findFirst());
    Texts texts = languages.of(person, place);
    ReplyStream stream =
        new ReplyStream(
            channel,
            channels.limits(place),
            workshop.overflow(person, place, channel, texts),
            "shown-" + UUID.randomUUID(),
            false,
            workshop.tally(),
            workshop.platformMessages().showing(answer.id()),
            () -> workshop.platformMessages().arriving(place),
            workshop.remembering(place, answer.id()));
    stream.finish(answer.text(), workshop.buttonsUnder(answer, texts));
    Thread.ofVirtual()
        .name("shown-" + answer.id().value())
        .start(() -> deliver(stream, channel, question));
  }

  private void deliver(ReplyStream stream, ReplyChannel channel, MessageId question) {
    boolean arrived = false;
    try {
      arrived = stream.run();
    } catch (InterruptedException shuttingDown) {
      Thread.currentThread().interrupt();
    } catch (PlatformException e) {
      log.info("An answer has nobody to be shown to: {}", e.getMessage());
    } finally {
      end(question);
      channel.finished(arrived);
    }
  }

  private void end(MessageId question) {
    Optional.ofNullable(underway.remove(question)).ifPresent(waited -> waited.complete(null));
  }
}
