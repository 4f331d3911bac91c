package dev.parley.core;

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says what a test wrote for it, at once; {@code <think>} … {@code </think>} at the beginning is a
 * thought. Thread-safe.
 */
public final class WordModel implements LanguageModel {
  private volatile Function<String, String> script = question -> "Answer to " + question;

  private volatile Optional<Function<String, String>> wholeScript = Optional.empty();

  private volatile boolean cut;

  private volatile Optional<Growing> growing = Optional.empty();

  private record Growing(String beginning, String rest, CountDownLatch seen) {}

  public void answers(String text) {
    answers(question -> text);
  }

  public void answers(Function<String, String> answer) {
    script = answer;
  }

  /** Says from now on all that it is told, or goes on as before. */
  public void remembers(boolean everything) {
    wholeScript = everything ? Optional.of(Function.identity()) : Optional.empty();
  }

  /** Answers to all that it is told, rather than to the last question. */
  public void answersAll(Function<String, String> answer) {
    wholeScript = Optional.of(answer);
  }

  /** Ends its next answer before it is whole. */
  public void endsTooEarly() {
    cut = true;
  }

  /** Says a beginning, and the rest of the next answer when a test has seen that. */
  public void grows(String beginning, String rest, CountDownLatch seen) {
    growing = Optional.of(new Growing(beginning, rest, seen));
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
    CompletableFuture<GenerationResult> result = new CompletableFuture<>();
    Speech speech = new Speech(messages, listener);
    Optional<Growing> slowly = growing;
    growing = Optional.empty();
    if (slowly.isPresent()) {
      Growing one = slowly.get();
      speech.say(one.beginning);
      Thread.ofVirtual()
          .start(
              () -> {
                awaitQuietly(one.seen);
                result.complete(result(messages, speech.say(one.rest).end(), FinishReason.END));
              });
      return generation(
          result, () -> result.complete(result(messages, speech, FinishReason.CANCELLED)));
    }
    String text =
        wholeScript
            .map(whole -> whole.apply(all(messages)))
            .orElseGet(() -> script.apply(messages.getLast().text()));
    speech.say(text).end();
    result.complete(result(messages, speech, cut ? FinishReason.LENGTH : FinishReason.END));
    cut = false;
    return generation(result, () -> {});
  }

  private static String all(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::text).collect(Collectors.joining("\n"));
  }

  private GenerationResult result(List<ChatMessage> messages, Speech speech, FinishReason reason) {
    return new GenerationResult(
        speech.thought(),
        speech.text(),
        reason,
        countTokens(messages),
        0,
        (speech.thought() + " " + speech.text()).strip().split("\\s+", -1).length,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static Generation generation(
      CompletableFuture<GenerationResult> result, Runnable cancel) {
    return new Generation() {
      @Override
      public void cancel() {
        cancel.run();
      }

      @Override
      public CompletableFuture<GenerationResult> result() {
        return result;
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {}
}
