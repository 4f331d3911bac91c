package dev.parley.queue;

import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.TextListener;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.util.List;
import java.util.function.Supplier;

/**
 * What somebody wants generated.
 *
 * @param person who pays for it with their share
 * @param place whose share comes first
 * @param conversation one generation of it runs at a time; negative for none, which is still one at
 *     a time
 * @param priority background work runs only while nobody waits for an answer, and counts towards no
 *     limit of the person
 * @param prompt called on a virtual thread when it is its turn, so that it sees what was answered
 *     meanwhile; what it throws fails this request
 */
public record GenerationRequest(
    PersonId person,
    PlaceId place,
    long conversation,
    Priority priority,
    Supplier<Prompt> prompt,
    TextListener listener) {

  /** Who is served first. */
  public enum Priority {
    /** A person waits for it. */
    ANSWER,
    /** Nobody waits: titles, summaries. */
    BACKGROUND
  }

  /** What the model gets. */
  @FunctionalInterface
  public interface Prompt {
    /** Hands it to the model of the conversation, whose text goes to the listener. */
    Generation start(LanguageModel model, TextListener listener);

    /** A chat whose last message is to be answered. */
    static Prompt chat(List<ChatMessage> messages, GenerationOptions options) {
      List<ChatMessage> all = List.copyOf(messages);
      return (model, listener) -> model.generate(all, options, listener);
    }
  }
}
