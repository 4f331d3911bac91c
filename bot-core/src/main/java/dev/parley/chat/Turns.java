package dev.parley.chat;

import dev.parley.conversation.ConversationId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a generation of a conversation begin only when the one before it is stored: the queue frees
 * the conversation as soon as the model has ended, which is a moment earlier. Thread-safe.
 */
final class Turns {
  private final Map<ConversationId, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /** Waits for the turn before; its end is {@link #end}, whatever happens. */
  CompletableFuture<Void> begin(ConversationId conversation) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(conversation, mine);
    if (before != null) {
      before.join();
    }
    return mine;
  }

  void end(ConversationId conversation, CompletableFuture<Void> mine) {
    last.remove(conversation, mine);
    mine.complete(null);
  }
}
