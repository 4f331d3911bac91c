package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.Goldens;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.transformer.MemoryPlan;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two cards, both of them the processor. */
class EnginesTest {
  private static final Path TINY = Goldens.path("tiny/llama-tied.Q8_0.gguf");
  private static final LocalModelOptions OPTIONS = LocalModelOptions.DEFAULT.withSlots(3, 512);
  private static final GenerationOptions GREEDY =
      GenerationOptions.of(30, SamplingOptions.GREEDY).withIgnoreEnd();

  /** More than are written before the test has asked its next question. */
  private static final GenerationOptions LONG =
      GenerationOptions.of(200, SamplingOptions.GREEDY).withIgnoreEnd();

  @Test
  void twoHaveTheRoomOfBothAndGiveTheAnswersOfOne() throws IOException {
    try (LocalModel one = LocalModel.load(TINY, OPTIONS);
        LocalModel two = twice()) {
      assertThat(one.capacity().parallel()).isEqualTo(3);
      assertThat(two.capacity().parallel()).isEqualTo(6);
      assertThat(two.info()).isEqualTo(one.info());

      assertThat(answers(two)).isEqualTo(answers(one));
    }
  }

  @Test
  void strangersGoWhereMostIsFree() throws IOException {
    try (LocalModel two = twice()) {
      List<Generation> all = new ArrayList<>();
      for (String word : List.of("tides", "stars", "winds", "rocks")) {
        all.add(two.complete(asked(word), LONG, TextListener.NONE));
      }

      assertThat(two.engines().all()).extracting(Engine::free).containsExactly(1, 1);
      finish(all);
    }
  }

  @Test
  void aConversationGoesBackWhereItWas() throws IOException {
    try (LocalModel two = twice()) {
      for (String word : List.of("tides", "stars", "winds")) {
        Generation first = two.complete(asked(word), GREEDY, TextListener.NONE);
        Generation beside = two.complete(asked(word + " beside"), GREEDY, TextListener.NONE);
        for (Generation each : List.of(first, beside)) {
          each.result().join();
        }
        GenerationResult again =
            two.complete(asked(word), GREEDY, TextListener.NONE).result().join();

        assertThat(again.cachedTokens()).isEqualTo(again.promptTokens() - 1);
      }
    }
  }

  @Test
  void aConversationLeavesAnEngineThatIsClearlyBusier() throws IOException {
    try (LocalModel two = twice()) {
      two.complete(asked("tides"), GREEDY, TextListener.NONE).result().join();
      while (two.engines().all().stream().anyMatch(engine -> engine.free() < 3)) {
        Thread.onSpinWait();
      }
      List<Generation> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(two.complete(asked("tides"), LONG, TextListener.NONE));
      }

      assertThat(two.engines().all()).extracting(Engine::free).containsExactlyInAnyOrder(1, 2);
      finish(all);
    }
  }

  /** A small card beside a large one, whose free slots alone are always more. */
  @Test
  void anEngineIsBusyByWhatItCanRun() throws IOException {
    try (LocalModel model = loaded(8, 1)) {
      Generation stranger = model.complete(asked("stars"), LONG, TextListener.NONE);
      CompletableFuture<String> begun = new CompletableFuture<>();
      Generation first = model.complete(asked("tides"), LONG, begun::complete);
      begun.join();

      assertThat(model.engines().all()).extracting(Engine::free).containsExactly(7, 0);
      finish(List.of(stranger, first));
      while (model.engines().all().getLast().free() < 1) {
        Thread.onSpinWait();
      }

      GenerationResult again =
          model.complete(asked("tides"), GREEDY, TextListener.NONE).result().join();
      assertThat(again.cachedTokens()).isEqualTo(again.promptTokens() - 1);
    }
  }

  @Test
  void aFurtherCardThatFailsWhileLoadingIsLeftOut() throws IOException {
    MemoryPlan missing = new MemoryPlan(Processor.CUDA, 99, Weights.FP16, 3, 512, true, "");

    try (LocalModel model =
        ModelLoader.load(TINY, OPTIONS, plans -> List.of(plans.getFirst(), missing))) {
      assertThat(model.capacity().parallel()).isEqualTo(3);
    }
  }

  private static LocalModel loaded(int... slots) throws IOException {
    return ModelLoader.load(
        TINY,
        OPTIONS,
        _ ->
            Arrays.stream(slots)
                .mapToObj(count -> MemoryPlan.onCpu(Weights.FP16, count, 512))
                .toList());
  }

  private static LocalModel twice() throws IOException {
    Function<List<MemoryPlan>, List<MemoryPlan>> doubled =
        plans -> Collections.nCopies(2, plans.getFirst());
    return ModelLoader.load(TINY, OPTIONS, doubled);
  }

  private static List<String> answers(LocalModel model) {
    List<Generation> all =
        IntStream.range(0, 6)
            .mapToObj(i -> model.complete(asked("thing " + i), GREEDY, TextListener.NONE))
            .toList();
    return all.stream().map(each -> each.result().join().text()).toList();
  }

  private static void finish(List<Generation> all) {
    all.forEach(Generation::cancel);
    all.forEach(each -> each.result().join());
  }

  /** Nothing in common from its first word on. */
  private static String asked(String word) {
    return (word + " ").repeat(8);
  }
}
