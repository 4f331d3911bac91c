package dev.parley.telegram;

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
import java.util.function.Function;

/** Says what a test wrote for it, at once. Thread-safe. */
final class WordModel implements LanguageModel {
  private volatile Function<String, String> script = question -> "Answer to " + question;

  void answers(String text) {
    answers(question -> text);
  }

  void answers(Function<String, String> answer) {
    script = answer;
  }

  void answersWith(Function<String, String> answers) {
    script = answers;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("Words", "words-1", 100_000, "Apache-2.0", List.of("en", "zh"));
  }

  @Override
  public Capacity capacity() {
    return new Capacity(8, 1_000, 100);
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.stream().mapToInt(m -> 2 + m.text().split("\\s+", -1).length).sum();
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    String text = script.apply(messages.getLast().text());
    listener.text(text);
    CompletableFuture<GenerationResult> result =
        CompletableFuture.completedFuture(
            new GenerationResult(
                text,
                FinishReason.END,
                countTokens(messages),
                0,
                text.split("\\s+", -1).length,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO));
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
