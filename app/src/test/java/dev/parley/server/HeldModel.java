package dev.parley.server;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes what a test tells it to, when a test tells it to. Thread-safe. */
final class HeldModel implements LanguageModel {
  private final int parallel;

  /** All that began, oldest first. */
  final List<Run> runs = new CopyOnWriteArrayList<>();

  HeldModel(int parallel) {
    this.parallel = parallel;
  }

  /** One generation, ended by the test or by being cancelled. */
  static final class Run implements Generation {
    final GenerationOptions options;
    final List<ChatMessage> messages;
    private final TextListener listener;
    private final StringBuilder thought = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
    volatile boolean cancelled;

    Run(List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
      this.messages = messages;
      this.options = options;
      this.listener = listener;
    }

    void write(String piece) {
      text.append(piece);
      try {
        listener.text(piece);
      } catch (RuntimeException failure) { // as the engine: it ends this answer alone
        result.completeExceptionally(failure);
      }
    }

    void think(String piece) {
      thought.append(piece);
      listener.thought(piece);
    }

    void end() {
      end(FinishReason.END);
    }

    void fail(String sentence) {
      result.completeExceptionally(new ModelException(sentence));
    }

    private void end(FinishReason reason) {
      result.complete(
          new GenerationResult(
              thought.toString(),
              text.toString(),
              reason,
              7,
              3,
              5,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO));
    }

    @Override
    public void cancel() {
      cancelled = !result.isDone();
      end(FinishReason.CANCELLED);
    }

    @Override
    public CompletableFuture<GenerationResult> result() {
      return result;
    }
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    Run run = new Run(messages, options, listener);
    runs.add(run);
    return run;
  }

  @Override
  public Capacity capacity() {
    return new Capacity(parallel, 100, 10);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("Held", "held-1", 4_096, "Apache-2.0", List.of());
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.stream().mapToInt(message -> message.text().length()).sum();
  }

  @Override
  public void close() {}
}
