package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.Goldens;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that fail or stay in a step, on a real model whose steps are let fail. */
class WatchdogTest {
  private static final LocalModelOptions EXACT =
      LocalModelOptions.DEFAULT.withWeights(Weights.FP32).withSlots(4, 128);

  /** Stands for a native call that nobody can interrupt. */
  private static final class Stuck {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    void stay(int rows) {
      entered.countDown();
      boolean ended = false;
      while (!ended) {
        try {
          end.await();
          ended = true;
        } catch (InterruptedException e) {
          // a native call hears of none
        }
      }
    }
  }

  @Test
  void aStepThatDoesNotEndFailsAndTheNextTryComesToAFreshEngine() throws Exception {
    Stuck stuck = new Stuck();
    List<String> heard = new CopyOnWriteArrayList<>();
    try (LocalModel model = load()) {
      String expected = model.generate("Hello", 10, 0);
      Engine before = model.engines().all().getFirst();
      before.steps().beforeWriting = stuck::stay;
      Generation failing = ask(model, heard::add);
      stuck.entered.await();
      List<String> heardBefore = List.copyOf(heard);

      looks(model, Watchdog.LEAST_PATIENCE / 2); // it looks by itself too
      assertThat(failing.result()).isNotDone();
      looks(model, Watchdog.LEAST_PATIENCE);

      assertThatThrownBy(() -> failing.result().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ModelException.class)
          .hasMessageContaining("did not end");
      assertThat(model.generate("Hello", 10, 0)).isEqualTo(expected);
      stuck.end.countDown();
      assertThat(model.generate("Hello", 10, 0)).isEqualTo(expected);
      before.close();
      assertThat(before.hasEnded()).isTrue();
      assertThat(heard).isEqualTo(heardBefore);
    }
  }

  @Test
  void aModelWhoseStepDoesNotEndIsClosedAllTheSame() throws Exception {
    Stuck stuck = new Stuck();
    LocalModel model = load();
    model.engines().all().getFirst().steps().beforeWriting = stuck::stay;
    Generation failing = ask(model, TextListener.NONE);
    stuck.entered.await();
    looks(model, Watchdog.LEAST_PATIENCE + 2);

    model.close();

    assertThat(failing.result()).isCompletedExceptionally();
    assertThat(model.engines().haveEnded()).isFalse();
    stuck.end.countDown();
  }

  @Test
  void aNativeFailureIsAnsweredByAFreshEngine() throws IOException {
    try (LocalModel model = load()) {
      String expected = model.generate("Hello", 10, 0);
      Engine before = model.engines().all().getFirst();
      before.steps().beforeWriting =
          rows -> {
            throw new EngineException("an illegal instruction was encountered");
          };
      Generation failing = ask(model, TextListener.NONE);

      assertThatThrownBy(() -> failing.result().join()).hasMessageContaining("illegal instruction");

      assertThat(model.engines().all().getFirst()).isNotSameAs(before);
      assertThat(model.generate("Hello", 10, 0)).isEqualTo(expected);
    }
  }

  @Test
  void aLongStepThatEndsIsNoFailure() throws Exception {
    Stuck stuck = new Stuck();
    try (LocalModel model = load()) {
      Engine before = model.engines().all().getFirst();
      before.steps().beforeWriting = stuck::stay;
      Generation slow = ask(model, TextListener.NONE);
      stuck.entered.await();
      looks(model, Watchdog.LEAST_PATIENCE / 2);
      stuck.end.countDown();
      slow.result().join();
      looks(model, 2 * Watchdog.LEAST_PATIENCE);

      assertThat(model.engines().all()).containsExactly(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 1048576 bytes.",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 1048576 bytes."
      })
  void aProcessorThatFindsNoMemoryWritesFewerAnswersAtOnceAndFinishesAll(String full)
      throws IOException {
    try (LocalModel model = load()) {
      String expected = ask(model, TextListener.NONE).result().join().text();
      model.engines().all().getFirst().steps().beforeWriting =
          rows -> {
            if (rows > 1) {
              throw new EngineException(full);
            }
          };

      List<Generation> all =
          IntStream.range(0, 3).mapToObj(i -> ask(model, TextListener.NONE)).toList();

      assertThat(all).allSatisfy(one -> assertThat(one.result().join().text()).isEqualTo(expected));
    }
  }

  private static LocalModel load() throws IOException {
    return LocalModel.load(Goldens.path("tiny/llama-tied.Q8_0.gguf"), EXACT);
  }

  private static Generation ask(LocalModel model, TextListener listener) {
    return model.complete(
        "Once upon a time", GenerationOptions.of(20, SamplingOptions.GREEDY), listener);
  }

  private static void looks(LocalModel model, int times) {
    for (int i = 0; i < times; i++) {
      model.engines().watchdog().look();
    }
  }
}
