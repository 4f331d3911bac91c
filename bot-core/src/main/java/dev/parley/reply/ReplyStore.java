package dev.parley.reply;

import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.PlatformMessages;
import dev.parley.conversation.SeenEvents;
import dev.parley.model.GenerationResult;
import dev.parley.platform.PersonId;
import dev.parley.storage.Database;
import dev.parley.usage.UsageStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** All replies. Every change is on disk when its method returns. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class ReplyStore {
  public ReplyStore(
      Database database,
      ConversationStore conversations,
      PlatformMessages platformMessages,
      SeenEvents events,
      UsageStore usage,
      InstantSource clock) {}

  /**
   * Takes a question: event, question, its answer to be, and the reply that waits for it, all or
   * nothing. Person and place must be known.
   *
   * @return empty where the event was seen before, which changes nothing
   */
  public Optional<Reply> accept(NewQuestion question) {
    throw new UnsupportedOperationException();
  }

  /** Queues another answer beside the given one. */
  public Reply regenerate(MessageId answer, PersonId person, Optional<String> platformQuestion) {
    throw new UnsupportedOperationException();
  }

  /** Queues the rest of an answer that ended too early. */
  public Reply continueAnswer(
      MessageId answer, PersonId person, Optional<String> platformQuestion) {
    throw new UnsupportedOperationException();
  }

  public Optional<Reply> find(ReplyId id) {
    throw new UnsupportedOperationException();
  }

  /** The last reply that had to do with an answer. */
  public Optional<Reply> of(MessageId answer) {
    throw new UnsupportedOperationException();
  }

  /** What a restart takes up again, oldest first. */
  public List<Reply> unfinished() {
    throw new UnsupportedOperationException();
  }

  /** The model begins: counts an attempt. */
  public Reply generating(ReplyId id) {
    throw new UnsupportedOperationException();
  }

  /** The model stopped before the end, by a crash or a failure: waits for it again. */
  public Reply requeue(ReplyId id) {
    throw new UnsupportedOperationException();
  }

  /**
   * The model ended, or was stopped with some text: answer, usage and state in one transaction.
   *
   * @param text the whole answer, what it had before a continuation included
   */
  public Reply generated(ReplyId id, String text, String modelVersion, GenerationResult result) {
    throw new UnsupportedOperationException();
  }

  /** A part of the answer, counted from 0, was posted: a restart edits it. */
  public void posted(ReplyId id, int part, String platformMessageId) {
    throw new UnsupportedOperationException();
  }

  /** What was posted of the answer, in order. */
  public List<String> posted(ReplyId id) {
    throw new UnsupportedOperationException();
  }

  /** The platform has the whole answer. */
  public Reply delivered(ReplyId id) {
    throw new UnsupportedOperationException();
  }

  /** Stopped by the person; an answer that has no text leaves the context. */
  public Reply cancelled(ReplyId id) {
    throw new UnsupportedOperationException();
  }

  /** Given up; an answer that has no text leaves the context, and does not count as used. */
  public Reply failed(ReplyId id, String errorCase) {
    throw new UnsupportedOperationException();
  }
}
