package dev.parley.model.engine;

import ai.djl.engine.EngineException;
import dev.parley.model.LanguageModel;
import java.util.concurrent.CountDownLatch;

/** Lets the engine of a real model fail as its native library may. A fresh engine is sound. */
public final class EngineFaults {
  private EngineFaults() {}

  /** The next step, and every one after it, fails. */
  public static void breakEngine(LanguageModel model) {
    engine(model).steps().beforeWriting =
        rows -> {
          throw new EngineException("an illegal instruction was encountered");
        };
  }

  /**
   * The next step does not end, and is given up as after minutes.
   *
   * @return lets it end at last
   */
  public static Runnable stickAndGiveUp(LanguageModel model) {
    CountDownLatch end = new CountDownLatch(1);
    Engines engines = ((LocalModel) model).engines();
    engine(model).steps().beforeWriting =
        rows -> {
          Thread.ofVirtual().start(() -> lookForMinutes(engines));
          awaitWithoutInterruption(end);
        };
    return end::countDown;
  }

  private static Engine engine(LanguageModel model) {
    return ((LocalModel) model).engines().all().getFirst();
  }

  private static void lookForMinutes(Engines engines) {
    for (int i = 0; i < Watchdog.LEAST_PATIENCE + 1; i++) {
      engines.watchdog().look();
    }
  }

  /** As a native call does, which hears of none. */
  private static void awaitWithoutInterruption(CountDownLatch end) {
    boolean ended = false;
    while (!ended) {
      try {
        end.await();
        ended = true;
      } catch (InterruptedException e) {
        // goes on
      }
    }
  }
}
