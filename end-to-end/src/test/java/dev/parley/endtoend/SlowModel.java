package dev.parley.endtoend;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Answers two at once, each after a while; remembers in which order. Thread-safe. */
final class SlowModel implements LanguageModel {
  static final int SLOTS = 2;
  private static final int WORDS = 20;
  private final Duration time;
  private final List<String> begun = new CopyOnWriteArrayList<>();

  private final CountDownLatch open = new CountDownLatch(1);

  SlowModel(Duration time) {
    this.time = time;
  }

  /** Until now no answer ended. */
  void open() {
    open.countDown();
  }

  /** The questions in the order in which their answers began. */
  List<String> begun() {
    return List.copyOf(begun);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("Slow", "slow-1", 100_000, "Apache-2.0", List.of("en"));
  }

  @Override
  public Capacity capacity() {
    return new Capacity(SLOTS, 1_000, 100);
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.size() * WORDS;
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    String question = messages.getLast().text();
    begun.add(question);
    CompletableFuture<GenerationResult> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                open.await();
                Thread.sleep(time);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              String text = "Answer to " + question;
              listener.text(text);
              result.complete(
                  new GenerationResult(
                      text,
                      FinishReason.END,
                      countTokens(messages),
                      0,
                      WORDS,
                      Duration.ZERO,
                      Duration.ZERO,
                      time));
            });
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
  public void close() {}
}
