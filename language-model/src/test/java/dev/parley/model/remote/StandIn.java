package dev.parley.model.remote;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A local model that answers every question by its own last message, at once. */
final class StandIn implements LanguageModel {
  static final ModelInfo INFO = new ModelInfo("Here", "here-1", 1000, "MIT", List.of("en"));

  volatile boolean closed;

  @Override
  public ModelInfo info() {
    return INFO;
  }

  @Override
  public Capacity capacity() {
    return new Capacity(2, 100, 10);
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return TokenEstimate.of(messages);
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    String text = "here: " + messages.getLast().text();
    listener.text(text);
    CompletableFuture<GenerationResult> result =
        CompletableFuture.completedFuture(
            new GenerationResult(
                text, FinishReason.END, 7, 3, 5, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    return new Generation() {
      @Override
      public void cancel() {}

      @Override
      public CompletableFuture<GenerationResult> result() {
        return result;
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
