package dev.parley.queue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes what a test tells it to, when a test tells it to. Confined to the test's thread. */
final class ScriptedModel implements LanguageModel {
  int parallel;

  /** What runs, in the order it began; the test ends it. */
  final List<Run> running = new ArrayList<>();

  ScriptedModel(int parallel) {
    this.parallel = parallel;
  }

  /** One generation. */
  final class Run implements Generation {
    final String prompt;
    private final TextListener listener;
    private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
    private int pieces;

    Run(String prompt, TextListener listener) {
      this.prompt = prompt;
      this.listener = listener;
    }

    void write(String piece) {
      pieces++;
      listener.text(piece);
    }

    /** Ends with an answer of so many tokens in all. */
    void end(int tokens) {
      end(tokens, FinishReason.END);
    }

    void fail(Throwable cause) {
      running.remove(this);
      result.completeExceptionally(cause);
    }

    private void end(int tokens, FinishReason reason) {
      running.remove(this);
      result.complete(
          new GenerationResult(
              "", reason, 0, 0, tokens, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Override
    public void cancel() {
      end(pieces, FinishReason.CANCELLED);
    }

    @Override
    public CompletableFuture<GenerationResult> result() {
      return result;
    }
  }

  /** The one that answers this. */
  Run run(String prompt) {
    return running.stream().filter(run -> run.prompt.equals(prompt)).findFirst().orElseThrow();
  }

  List<String> prompts() {
    return running.stream().map(run -> run.prompt).toList();
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    Run run = new Run(messages.getLast().text(), listener);
    running.add(run);
    return run;
  }

  @Override
  public Capacity capacity() {
    return new Capacity(parallel, 100, 10);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("scripted", "1", 4_096, "Apache-2.0", List.of());
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.size();
  }

  @Override
  public void close() {}
}
