package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.Goldens;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.transformer.MemoryPlan;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine as it runs on a card, computed here in fp32. */
class BatchedEngineTest {
  private static final int PEOPLE = 4;
  private static final LocalModelOptions EXACT =
      LocalModelOptions.DEFAULT.withWeights(Weights.FP32).withSlots(PEOPLE, 256);

  /** What libtorch says, in few words. */
  private static final String FULL = "CUDA out of memory. Tried to allocate 20.00 MiB.";

  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "gpt2", "llama-tied", "qwen2", "qwen3"})
  void answersAreThoseOfTheProcessor(String name) throws IOException {
    try (LocalModel processor = LocalModel.load(path(name), EXACT);
        LocalModel card = batched(path(name), EXACT)) {
      assertThat(answers(card, _ -> greedy())).isEqualTo(answers(processor, _ -> greedy()));
      assertThat(answers(card, BatchedEngineTest::seeded))
          .isEqualTo(answers(processor, BatchedEngineTest::seeded));
    }
  }

  @Test
  void logitsThatAreNoNumbersFailTheAnswer(@TempDir Path folder) throws IOException {
    byte[] whole = Goldens.bytes("tiny/llama-tied.Q8_0.gguf");
    for (int i = whole.length - 64; i < whole.length; i += 2) {
      whole[i] = (byte) 0xFF;
      whole[i + 1] = 0x7F;
    }
    Path file = Files.write(folder.resolve("nan.gguf"), whole);
    try (LocalModel broken = batched(file, EXACT)) {
      assertThatThrownBy(() -> broken.generate("Hello", 5, 0))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("not a number");
    }
  }

  @Test
  void aFullCardWritesFewerAnswersAtOnceAndFinishesAll() throws IOException {
    List<String> expected;
    try (LocalModel model = batched(path("llama-tied"), EXACT)) {
      expected = answers(model, BatchedEngineTest::seeded);
    }
    try (LocalModel model = batched(path("llama-tied"), EXACT)) {
      assertThat(model.capacity().parallel()).isEqualTo(PEOPLE);
      model.engines().all().getFirst().steps().beforeWriting =
          rows -> {
            if (rows > 2) {
              throw new EngineException(FULL);
            }
          };

      assertThat(answers(model, BatchedEngineTest::seeded)).isEqualTo(expected);

      assertThat(model.capacity().parallel()).isEqualTo(2);
    }
  }

  @Test
  void aCardThatStaysFullFailsTheAnswersAndNothingElse() throws IOException {
    try (LocalModel model = batched(path("llama-tied"), EXACT)) {
      String expected = model.generate("Hello", 10, 0);
      model.engines().all().getFirst().steps().beforeWriting =
          rows -> {
            throw new EngineException(FULL);
          };
      Generation failing = ask(model, 1, greedy());

      assertThatThrownBy(() -> failing.result().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ModelException.class)
          .hasMessageContaining("out of memory");

      model.engines().all().getFirst().steps().beforeWriting = rows -> {};
      assertThat(model.generate("Hello", 10, 0)).isEqualTo(expected);
    }
  }

  @Test
  void aCardThatIsFullWhileReadingFailsThatAnswerAlone() throws IOException {
    try (LocalModel model = batched(path("llama-tied"), EXACT)) {
      List<String> expected = answers(model, BatchedEngineTest::seeded);
      Steps steps = model.engines().all().getFirst().steps();
      AtomicBoolean once = new AtomicBoolean();
      steps.beforeReading =
          tokens -> {
            if (once.compareAndSet(false, true)) {
              throw new EngineException(FULL);
            }
          };
      Generation failing = ask(model, PEOPLE, greedy());

      assertThat(answers(model, BatchedEngineTest::seeded)).isEqualTo(expected);
      assertThatThrownBy(() -> failing.result().join()).hasMessageContaining("out of memory");
      assertThat(model.capacity().parallel()).isEqualTo(PEOPLE);
    }
  }

  @Test
  void otherFailuresAreNotTriedAgain() throws IOException {
    try (LocalModel model = batched(path("llama-tied"), EXACT)) {
      model.engines().all().getFirst().steps().beforeWriting =
          rows -> {
            throw new EngineException("something else");
          };
      Generation failing = ask(model, 1, greedy());
      assertThatThrownBy(() -> failing.result().join()).hasMessageContaining("something else");

      assertThat(model.capacity().parallel()).isEqualTo(PEOPLE);
    }
  }

  private static LocalModel batched(Path path, LocalModelOptions options) throws IOException {
    return ModelLoader.load(
        path, options, plans -> plans.stream().map(MemoryPlan::asBatched).toList());
  }

  private static Path path(String name) {
    return Goldens.path("tiny/" + name + ".Q8_0.gguf");
  }

  private static List<String> answers(
      LocalModel model, Function<Integer, GenerationOptions> options) {
    List<Generation> all =
        IntStream.range(0, PEOPLE)
            .mapToObj(person -> ask(model, person, options.apply(person)))
            .toList();
    List<GenerationResult> results = all.stream().map(each -> each.result().join()).toList();
    return results.stream().map(GenerationResult::text).toList();
  }

  private static Generation ask(LocalModel model, int person, GenerationOptions options) {
    return model.generate(
        List.of(ChatMessage.user("the thing and then all ".repeat(person * 3 + 1) + person)),
        options.withIgnoreEnd(),
        TextListener.NONE);
  }

  private static GenerationOptions greedy() {
    return GenerationOptions.of(40, SamplingOptions.GREEDY);
  }

  private static GenerationOptions seeded(int person) {
    return GenerationOptions.of(
        40 + person * 5, new SamplingOptions(1, 60, 0.95, 0.01, 1.1, 0.2, OptionalLong.of(person)));
  }
}
