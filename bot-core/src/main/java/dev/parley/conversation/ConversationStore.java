package dev.parley.conversation;

import dev.parley.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** All conversations. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class ConversationStore {
  public ConversationStore(Database database, InstantSource clock) {}

  /** The conversation a next question of this owner goes to. */
  public Optional<Conversation> current(Owner owner) {
    throw new UnsupportedOperationException();
  }

  /** Begins a new conversation, which becomes the current one; the old one stays. */
  public Conversation startNew(Owner owner) {
    throw new UnsupportedOperationException();
  }

  /** A conversation by a number that the core itself stored. */
  public Optional<Conversation> find(ConversationId id) {
    throw new UnsupportedOperationException();
  }

  /** A conversation by a number from outside: empty where it is not this owner's. */
  public Optional<Conversation> find(Owner owner, ConversationId id) {
    throw new UnsupportedOperationException();
  }

  public Optional<Message> message(MessageId id) {
    throw new UnsupportedOperationException();
  }

  /** A message by a number from outside: empty where it is not in this owner's conversations. */
  public Optional<Message> message(Owner owner, MessageId id) {
    throw new UnsupportedOperationException();
  }

  /** Adds a question and its answer, still without text; the answer becomes the active leaf. */
  public Exchange ask(Owner owner, Message.Author author, String text, Position position) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds another answer, still without text, beside the given one, and makes it the active leaf.
   */
  public Exchange askAgain(MessageId answer) {
    throw new UnsupportedOperationException();
  }

  /** Sets an answer's text: the whole of it, also where it was continued. */
  public void answer(MessageId answer, String text, Message.Origin generation) {
    throw new UnsupportedOperationException();
  }

  /** All messages from the first to the given one, deleted ones included. */
  public List<Message> pathTo(MessageId last) {
    throw new UnsupportedOperationException();
  }

  /** {@link #pathTo} the active leaf. */
  public List<Message> activePath(ConversationId id) {
    throw new UnsupportedOperationException();
  }

  /**
   * What a model should read to answer a question, oldest first, the question last: earlier
   * exchanges as far as they were answered and not deleted.
   */
  public List<Message> contextOf(MessageId question) {
    throw new UnsupportedOperationException();
  }

  /** The message and its alternatives in the same conversation that were not deleted, by age. */
  public List<MessageId> siblings(MessageId id) {
    throw new UnsupportedOperationException();
  }

  /** Makes the newest path through the message the active one. */
  public void switchTo(MessageId id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes the last exchange off the active path; it stays in the tree. Empty where there is none.
   */
  public Optional<Exchange> undo(ConversationId id) {
    throw new UnsupportedOperationException();
  }

  /** Takes a question and all its answers, given any of them, out of every context. */
  public void deleteExchange(MessageId questionOrAnswer) {
    throw new UnsupportedOperationException();
  }

  /** Makes an older conversation the current one again. Empty where it is not this owner's. */
  public Optional<Conversation> resume(Owner owner, ConversationId id) {
    throw new UnsupportedOperationException();
  }

  /** Gives a title, by a person or by the model. */
  public void rename(ConversationId id, String title) {
    throw new UnsupportedOperationException();
  }

  /** Deletes a conversation, messages and all. */
  public void delete(ConversationId id) {
    throw new UnsupportedOperationException();
  }

  /** Conversations something was said in, last used first. */
  public Page<Line> list(Owner owner, int page, int size) {
    throw new UnsupportedOperationException();
  }

  /** Messages of this owner that contain every word of the text, newest first. */
  public Page<Hit> search(Owner owner, String words, int page, int size) {
    throw new UnsupportedOperationException();
  }

  /** Conversations without a title that were not used since, and have an answer. */
  public List<Conversation> untitled(Instant usedBefore, int most) {
    throw new UnsupportedOperationException();
  }

  public void summarize(ConversationId id, Conversation.Summary summary) {
    throw new UnsupportedOperationException();
  }

  /** Remembers where the last prompt began. */
  public void promptStartsAt(ConversationId id, MessageId first) {
    throw new UnsupportedOperationException();
  }

  /** One line of a history. */
  public record Line(Conversation conversation, int messages, String beginning) {}

  /** One found message. */
  public record Hit(Conversation conversation, Message message, String excerpt) {}
}
