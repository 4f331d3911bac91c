package dev.parley.model;

import java.util.List;
import java.util.function.Function;

/**
 * A model that continues chats: the local engine, or a server elsewhere. Thread-safe; {@code
 * generate} returns at once and text arrives on the listener.
 */
public interface LanguageModel extends AutoCloseable {
  ModelInfo info();

  Capacity capacity();

  /**
   * Tokens of the prompt that these messages make, chat template included. Exact for a local model;
   * a remote one estimates, rather too many than too few.
   */
  int countTokens(List<ChatMessage> messages);

  /**
   * Starts to answer the last message; where that is the assistant's own, it is continued as if it
   * had never ended.
   *
   * @throws IllegalArgumentException if there is no message, or the prompt leaves no room in the
   *     context
   * @throws ModelException if the model is closed
   */
  Generation generate(List<ChatMessage> messages, GenerationOptions options, TextListener listener);

  /**
   * Starts something for a conversation with the model that answers it: this one, unless it stands
   * for several.
   *
   * @param conversation its number; negative for none
   * @param start called at once with that model, which may be closed afterwards but for what this
   *     started
   */
  default Generation inConversation(
      long conversation, Function<? super LanguageModel, Generation> start) {
    return start.apply(this);
  }

  /**
   * Drops what is kept of conversations that nobody is being answered in, in memory and on disk;
   * waits until that is done. The next answers take longer.
   */
  default void forget() {}

  /** Ends all generations and frees what the model holds; waits until that is done. */
  @Override
  void close();
}
