package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.Goldens;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of transformer through the whole engine, with the weights people run. */
class FamiliesTest {
  private static final int PEOPLE = 4;

  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "gpt2", "llama-tied", "qwen2", "qwen3"})
  void aSeededAnswerIsTheSameAloneAndInACrowd(String name) throws IOException {
    try (LocalModel model =
        LocalModel.load(
            Goldens.path("tiny/" + name + ".Q8_0.gguf"),
            LocalModelOptions.DEFAULT.withSlots(PEOPLE, 128))) {
      List<String> alone =
          IntStream.range(0, PEOPLE)
              .mapToObj(person -> ask(model, person).result().join().text())
              .toList();

      List<Generation> crowd =
          IntStream.range(0, PEOPLE).mapToObj(person -> ask(model, person)).toList();

      assertThat(crowd).map(each -> each.result().join().text()).isEqualTo(alone);
      assertThat(alone).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "gpt2", "llama-tied", "qwen2", "qwen3"})
  void plainTextIsContinuedWithoutControlTokens(String name) throws IOException {
    try (LocalModel model =
        LocalModel.load(
            Goldens.path("tiny/" + name + ".Q8_0.gguf"),
            LocalModelOptions.DEFAULT.withSlots(1, 128))) {
      String text = model.generate("the thing and then all", 60, 1.5);

      assertThat(text).isNotEmpty().doesNotContain("<s>", "</s>", "<pad>");
    }
  }

  /** Of different lengths, each longer than the windows of the models that have some. */
  private static Generation ask(LocalModel model, int person) {
    return model.generate(
        List.of(ChatMessage.user("the thing and then all ".repeat(person + 1) + person)),
        GenerationOptions.of(40, SamplingOptions.GREEDY.withTemperature(1).withSeed(person)),
        TextListener.NONE);
  }
}
