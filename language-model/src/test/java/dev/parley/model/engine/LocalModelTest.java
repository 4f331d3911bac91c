package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.Goldens;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelTest {
  private static final GenerationOptions GREEDY = GenerationOptions.of(40, SamplingOptions.GREEDY);
  private static LocalModel model;

  @BeforeAll
  static void load() throws IOException {
    model =
        LocalModel.load(
            Goldens.path("tiny/llama-tied.F32.gguf"), LocalModelOptions.DEFAULT.withSlots(4, 512));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void theListenerHearsTheWholeText() {
    StringBuilder heard = new StringBuilder();
    GenerationResult result = run(question("Hello"), GREEDY, heard::append);

    assertThat(result.text()).isEqualTo(heard.toString());
    assertThat(result.finishReason()).isIn(FinishReason.LENGTH, FinishReason.END);
  }

  @Test
  void aSeededAnswerIsTheSameAloneAndInACrowd() {
    List<GenerationOptions> options = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      SamplingOptions sampling = SamplingOptions.GREEDY.withTemperature(1).withSeed(i);
      options.add(GenerationOptions.of(30 + i, sampling));
      alone.add(run(question("Question " + i), options.get(i), TextListener.NONE).text());
    }
    List<Generation> crowd = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      crowd.add(model.generate(question("Question " + i), options.get(i), TextListener.NONE));
    }
    assertThat(crowd.stream().map(g -> g.result().join().text())).containsExactlyElementsOf(alone);
  }

  /**
   * Three pieces long: alone, then in the slot of a prompt that begins alike and copied from it.
   */
  @Test
  void aSeededAnswerIsTheSameWhateverIsInTheCache() throws IOException {
    String shared = "You are a helpful assistant who answers briefly and to the point. ".repeat(2);
    GenerationOptions seeded =
        GenerationOptions.of(60, SamplingOptions.GREEDY.withTemperature(1).withSeed(7));
    List<ChatMessage> asked =
        List.of(ChatMessage.system(shared), ChatMessage.user("Why is it so?"));
    GenerationResult alone;
    try (LocalModel fresh = load(Weights.FP16)) {
      alone = fresh.generate(asked, seeded, TextListener.NONE).result().join();
    }
    try (LocalModel used = load(Weights.FP16)) {
      GenerationResult before =
          used.generate(
                  List.of(ChatMessage.system(shared), ChatMessage.user("Why is it not?")),
                  GREEDY,
                  TextListener.NONE)
              .result()
              .join();
      used.generate(question("Beside it"), GREEDY, TextListener.NONE);
      Generation kept = used.generate(asked, seeded, TextListener.NONE);
      Generation copied = used.generate(asked, seeded, TextListener.NONE);

      assertThat(before.cachedTokens()).isZero();
      for (Generation again : List.of(kept, copied)) {
        assertThat(again.result().join().cachedTokens()).isEqualTo(128);
        assertThat(again.result().join().text()).isEqualTo(alone.text());
      }
    }
  }

  @Test
  void theNextTurnReusesWhatTheSlotHolds() {
    List<ChatMessage> turns = new ArrayList<>(question("Tell me about the tides, please."));
    GenerationResult first = run(turns, GREEDY, TextListener.NONE);
    turns.add(ChatMessage.assistant(first.text()));
    turns.add(ChatMessage.user("Why?"));
    GenerationResult second = run(turns, GREEDY, TextListener.NONE);

    assertThat(second.cachedTokens()).isGreaterThanOrEqualTo(first.promptTokens() - 1);
  }

  @Test
  void aSharedBeginningIsCopiedFromABusySlot() {
    String shared = "You are a helpful assistant who answers briefly and to the point. ".repeat(3);
    CountDownLatch streaming = new CountDownLatch(1);
    Generation busy =
        model.generate(
            List.of(ChatMessage.system(shared), ChatMessage.user("One")),
            GenerationOptions.of(300, SamplingOptions.GREEDY.withTemperature(2).withSeed(1)),
            piece -> streaming.countDown());
    await(streaming);
    GenerationResult other =
        run(
            List.of(ChatMessage.system(shared), ChatMessage.user("Two")),
            GREEDY,
            TextListener.NONE);
    busy.cancel();
    busy.result().join();

    assertThat(other.cachedTokens()).isGreaterThan(150);
  }

  @Test
  void cancellingKeepsTheTextSoFar() {
    CountDownLatch streaming = new CountDownLatch(1);
    Generation generation =
        model.generate(
            question("Go on and on"),
            GenerationOptions.of(400, SamplingOptions.GREEDY.withTemperature(3).withSeed(5)),
            piece -> streaming.countDown());
    await(streaming);
    generation.cancel();
    GenerationResult result = generation.result().join();

    assertThat(result.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(result.text()).isNotEmpty();
  }

  @Test
  void theTimeLimitEndsAnAnswer() {
    GenerationOptions options =
        new GenerationOptions(
            400, SamplingOptions.GREEDY.withTemperature(3), List.of(), Duration.ofNanos(1));

    assertThat(run(question("Hurry"), options, TextListener.NONE).finishReason())
        .isEqualTo(FinishReason.TIME_LIMIT);
  }

  @Test
  void whereTheEndIsIgnoredAnAnswerHasAllItsTokens() {
    // the tiny model says its end by chance: at least one of so many answers would
    for (int seed = 0; seed < 40; seed++) {
      GenerationOptions options =
          GenerationOptions.of(60, SamplingOptions.GREEDY.withTemperature(3).withSeed(seed));

      GenerationResult result = run(question("Go on"), options.withIgnoreEnd(), TextListener.NONE);

      assertThat(result.generatedTokens()).isEqualTo(60);
      assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
    }
  }

  @Test
  void plainTextIsContinuedWordByWord() {
    StringBuilder heard = new StringBuilder();

    GenerationResult result =
        model.complete("Once upon a time", GREEDY, heard::append).result().join();

    assertThat(result.promptTokens()).isEqualTo(model.countTokens("Once upon a time"));
    assertThat(result.text()).isEqualTo(heard.toString());
    assertThat(model.generate("Once upon a time", 40, 0)).isEqualTo(result.text());
  }

  @Test
  void halfACharacterInPlainTextIsReplaced() {
    String half = "a\uD83Db";

    assertThat(model.generate(half, 5, 0)).isEqualTo(model.generate("a\uFFFDb", 5, 0));
  }

  @Test
  void aListenerThatFailsEndsItsOwnAnswerAlone() {
    Generation failing =
        model.generate(
            question("Fail"),
            GREEDY,
            piece -> {
              throw new IllegalStateException("full");
            });
    Generation other = model.generate(question("Live"), GREEDY, TextListener.NONE);

    assertThatThrownBy(() -> failing.result().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ModelException.class);
    assertThat(other.result().join().generatedTokens()).isPositive();
  }

  @Test
  void thePromptMustFit() {
    assertThatThrownBy(() -> run(question("word ".repeat(600)), GREEDY, TextListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 255 tokens");
  }

  @Test
  void weightsThatAreNoNumbersFailTheAnswerAndNothingElse(@TempDir Path folder) throws IOException {
    byte[] whole = Goldens.bytes("tiny/llama-tied.Q8_0.gguf");
    for (int i = whole.length - 64; i < whole.length; i += 2) {
      whole[i] = (byte) 0xFF;
      whole[i + 1] = 0x7F;
    }
    Path file = Files.write(folder.resolve("nan.gguf"), whole);
    try (LocalModel broken = LocalModel.load(file, LocalModelOptions.DEFAULT.withSlots(1, 128))) {
      assertThatThrownBy(() -> broken.generate("Hello", 5, 0))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("not a number");
    }
  }

  @Test
  void closingEndsWhatRuns() throws IOException {
    LocalModel closing =
        LocalModel.load(
            Goldens.path("tiny/llama-tied.F32.gguf"), LocalModelOptions.DEFAULT.withSlots(1, 512));
    Generation running =
        closing.generate(
            question("Never"),
            GenerationOptions.of(400, SamplingOptions.GREEDY.withTemperature(3)),
            TextListener.NONE);
    Generation waiting = closing.generate(question("Later"), GREEDY, TextListener.NONE);
    closing.close();

    assertThat(running.result()).isDone();
    assertThat(waiting.result()).isCompletedExceptionally();
    assertThatThrownBy(() -> closing.generate(question("Now"), GREEDY, TextListener.NONE))
        .isInstanceOf(ModelException.class);
  }

  private static LocalModel load(Weights weights) throws IOException {
    return LocalModel.load(
        Goldens.path("tiny/llama-tied.F32.gguf"),
        LocalModelOptions.DEFAULT.withSlots(4, 512).withWeights(weights));
  }

  private static GenerationResult run(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    return model.generate(messages, options, listener).result().join();
  }

  private static List<ChatMessage> question(String text) {
    return List.of(ChatMessage.user(text));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
