package dev.parley.reply;

import dev.parley.conversation.Exchange;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.PlatformMessages;
import dev.parley.conversation.Position;
import dev.parley.conversation.SeenEvents;
import dev.parley.conversation.ThoughtStore;
import dev.parley.model.GenerationResult;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import dev.parley.usage.UsageStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * All replies. Every change is on the disk when its method returns, and none is half done after a
 * crash. A change that a reply's state does not allow is an {@link IllegalStateException}.
 * Thread-safe.
 */
public final class ReplyStore {
  private final Database database;
  private final MessageTree tree;
  private final ThoughtStore thoughts;
  private final PlatformMessages platformMessages;
  private final SeenEvents events;
  private final UsageStore usage;
  private final InstantSource clock;

  public ReplyStore(
      Database database,
      MessageTree tree,
      ThoughtStore thoughts,
      PlatformMessages platformMessages,
      SeenEvents events,
      UsageStore usage,
      InstantSource clock) {
    this.database = database;
    this.tree = tree;
    this.thoughts = thoughts;
    this.platformMessages = platformMessages;
    this.events = events;
    this.usage = usage;
    this.clock = clock;
  }

  /** Whether an event was taken before; {@link #accept} asks again, in its transaction. */
  public boolean knows(String eventId, PlaceId place) {
    return events.knows(place.platform(), eventId);
  }

  /** What was refused is not asked by the same event again: whoever wants it asks anew. */
  public void passOver(String eventId, PlaceId place) {
    events.first(place.platform(), eventId);
  }

  /**
   * Takes a question: event, question, its answer to be, and the reply that waits for it, all or
   * nothing. Person and place must be known.
   *
   * @return empty where the event was seen before, which changes nothing
   */
  public Optional<Reply> accept(NewQuestion asked) {
    PlaceId place = asked.owner().place();
    return database.write(
        handle -> {
          if (!events.first(place.platform(), asked.eventId())) {
            return Optional.empty();
          }
          Exchange exchange =
              tree.ask(asked.owner(), asked.author(), asked.text(), asked.position());
          asked
              .platformMessageId()
              .ifPresent(
                  id -> platformMessages.show(asked.stands(), id, exchange.question().id(), 0));
          if (asked.position() instanceof Position.InsteadOf(MessageId old)) {
            platformMessages.showAnswer(old, exchange.answer().id());
          }
          return Optional.of(queue(handle, exchange, place, asked.author().id(), false));
        });
  }

  /**
   * Queues another answer beside the given one: it becomes the active one, and takes its place on
   * the platform.
   */
  public Reply regenerate(MessageId answer, PersonId person, PlaceId place) {
    return database.write(
        handle -> {
          Exchange exchange = tree.askAgain(answer);
          platformMessages.showAnswer(exchange.question().id(), exchange.answer().id());
          return queue(handle, exchange, place, person, false);
        });
  }

  /** Queues the rest of an answer that ended too early. */
  public Reply continueAnswer(MessageId answer, PersonId person, PlaceId place) {
    return database.write(
        handle -> {
          Message begun = tree.find(answer).orElseThrow();
          Message question = tree.find(begun.parent().orElseThrow()).orElseThrow();
          return queue(handle, new Exchange(question, begun), place, person, true);
        });
  }

  public Optional<Reply> find(ReplyId id) {
    return database.read(
        handle ->
            select(handle, "WHERE r.id = :id")
                .bind("id", id.value())
                .map(ReplyRows::map)
                .findOne());
  }

  /** The newest reply that brings or brought an answer. */
  public Optional<Reply> of(MessageId answer) {
    return database.read(
        handle ->
            select(handle, "WHERE r.answer = :answer ORDER BY r.id DESC LIMIT 1")
                .bind("answer", answer.value())
                .map(ReplyRows::map)
                .findOne());
  }

  /** What a restart takes up again, oldest first. */
  public List<Reply> unfinished() {
    return database.read(
        handle ->
            select(handle, "WHERE r.state IN ('queued', 'generating', 'delivering') ORDER BY r.id")
                .map(ReplyRows::map)
                .list());
  }

  /** The model begins: counts an attempt. */
  public Reply generating(ReplyId id) {
    return become(id, ReplyState.GENERATING);
  }

  /** The model stopped before the end, by a crash or a failure: the reply waits for it again. */
  public Reply requeue(ReplyId id) {
    return become(id, ReplyState.QUEUED);
  }

  /**
   * The model ended, or was stopped with some text: answer, thought, usage and state in one
   * transaction.
   *
   * @param text the whole answer, with what it had before a continuation
   */
  public Reply generated(ReplyId id, String text, String modelVersion, GenerationResult result) {
    return database.write(
        handle -> {
          if (existing(id).state() != ReplyState.GENERATING) {
            throw new IllegalStateException("reply " + id.value() + " is not being written");
          }
          Duration inQueue = inQueue(handle, id);
          Reply reply = become(id, ReplyState.DELIVERING);
          int earlier =
              tree.find(reply.answer())
                  .flatMap(Message::generation)
                  .map(Message.Origin::generatedTokens)
                  .orElse(0);
          tree.answer(
              reply.answer(),
              text,
              new Message.Origin(
                  modelVersion,
                  result.promptTokens(),
                  earlier + result.generatedTokens(),
                  result.finishReason()));
          if (reply.continuation()) {
            thoughts.add(reply.answer(), result.thought());
          } else {
            thoughts.set(reply.answer(), result.thought());
          }
          usage.answered(
              reply.person(), reply.place(), result.promptTokens(), result.generatedTokens());
          handle
              .createUpdate(
                  """
                  UPDATE reply SET waited_ms = :waited, first_token_ms = :first, total_ms = :total
                  WHERE id = :id
                  """)
              .bind("waited", inQueue.plus(result.waited()).toMillis())
              .bind("first", result.toFirstToken().toMillis())
              .bind("total", result.total().toMillis())
              .bind("id", id.value())
              .execute();
          return reply;
        });
  }

  /**
   * The model thought, and ended before there was a word of an answer: the thought is kept, and
   * what it took counts. How the reply ends is said by {@link #cancelled} or {@link #givenUp}.
   */
  public void thoughtOnly(Reply reply, GenerationResult result) {
    database.update(
        handle -> {
          thoughts.set(reply.answer(), result.thought());
          usage.spent(
              reply.person(), reply.place(), result.promptTokens(), result.generatedTokens());
        });
  }

  /** A part of the answer, counted from 0, was posted: from now on it is edited, not posted. */
  public void posted(ReplyId id, int part, String platformMessageId) {
    Reply reply = existing(id);
    platformMessages.show(reply.place(), platformMessageId, reply.answer(), part);
  }

  /** The platform has the whole answer. */
  public Reply delivered(ReplyId id) {
    return become(id, ReplyState.DELIVERED);
  }

  /**
   * Stopped by the person; what was generated stands, an answer without text leaves the context.
   */
  public Reply cancelled(ReplyId id) {
    return database.write(
        handle -> {
          Reply reply = become(id, ReplyState.CANCELLED);
          leaveContextIfEmpty(reply);
          return reply;
        });
  }

  /**
   * Given up, as {@link #failed}, but its person has still to be told: a process that ends before
   * leaves that to the next one.
   *
   * @param errorCase what people can refer to
   */
  public Reply givenUp(ReplyId id, String errorCase) {
    return giveUp(id, ReplyState.DELIVERING, errorCase);
  }

  /**
   * Given up; an answer without text leaves the context, and what was not generated does not count.
   *
   * @param errorCase what people can refer to
   */
  public Reply failed(ReplyId id, String errorCase) {
    return giveUp(id, ReplyState.FAILED, errorCase);
  }

  private Reply giveUp(ReplyId id, ReplyState next, String errorCase) {
    return database.write(
        handle -> {
          boolean counted = existing(id).state() == ReplyState.DELIVERING;
          Reply reply = become(id, next);
          leaveContextIfEmpty(reply);
          if (!counted) {
            usage.unanswered(reply.person(), reply.place(), reply.createdAt());
          }
          handle
              .createUpdate("UPDATE reply SET error_case = :errorCase WHERE id = :id")
              .bind("errorCase", errorCase)
              .bind("id", id.value())
              .execute();
          return existing(id);
        });
  }

  /**
   * Kept back from its person, as {@link #givenUp}: the answer leaves the context, but what it took
   * counts.
   */
  public Reply keptBack(ReplyId id, GenerationResult result) {
    return database.write(
        handle -> {
          Reply reply = givenUp(id, "moderated");
          usage.spent(
              reply.person(), reply.place(), result.promptTokens(), result.generatedTokens());
          return reply;
        });
  }

  private Reply queue(
      Handle handle, Exchange exchange, PlaceId place, PersonId person, boolean continuation) {
    usage.asked(person, place);
    long id =
        handle
            .createQuery(
                """
                INSERT INTO reply (question, answer, platform, place, person, state,
                  continuation, created_at, changed_at)
                VALUES (:question, :answer, :platform, :place, :person, 'queued',
                  :continuation, :now, :now)
                RETURNING id
                """)
            .bind("question", exchange.question().id().value())
            .bind("answer", exchange.answer().id().value())
            .bind("platform", place.platform())
            .bind("place", place.id())
            .bind("person", person.id())
            .bind("continuation", continuation)
            .bind("now", clock.millis())
            .mapTo(Long.class)
            .one();
    return existing(new ReplyId(id));
  }

  /** From the question to the model's last beginning of its answer. */
  private static Duration inQueue(Handle handle, ReplyId id) {
    long milliseconds =
        handle
            .createQuery("SELECT changed_at - created_at FROM reply WHERE id = :id")
            .bind("id", id.value())
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    return Duration.ofMillis(Math.max(0, milliseconds)); // a clock may be set back
  }

  private Reply become(ReplyId id, ReplyState next) {
    return database.write(
        handle -> {
          Reply reply = existing(id);
          if (!reply.state().mayBecome(next)) {
            throw new IllegalStateException(
                "reply " + id.value() + " is " + reply.state() + " and cannot become " + next);
          }
          handle
              .createUpdate(
                  """
                  UPDATE reply
                  SET state = :state, attempts = attempts + :begun, changed_at = :now
                  WHERE id = :id
                  """)
              .bind("state", next.stored())
              .bind("begun", next == ReplyState.GENERATING ? 1 : 0)
              .bind("now", clock.millis())
              .bind("id", id.value())
              .execute();
          return existing(id);
        });
  }

  private void leaveContextIfEmpty(Reply reply) {
    if (tree.find(reply.answer()).orElseThrow().text().isEmpty()) {
      tree.giveUp(reply.answer());
    }
  }

  private Reply existing(ReplyId id) {
    return find(id)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "reply " + id.value() + " is gone: its conversation was deleted"));
  }

  private static Query select(Handle handle, String condition) {
    return handle.createQuery(ReplyRows.SELECT + condition);
  }
}
