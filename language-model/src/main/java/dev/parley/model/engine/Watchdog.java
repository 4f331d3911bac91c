package dev.parley.model.engine;

import dev.parley.model.ModelException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a fresh engine in the place of one that failed, or that does not come out of a step: nobody
 * can end a native call. What ran there fails once the fresh one is there, so that whoever asks
 * again comes to it. Time is counted in looks of its own, not read from a clock: a process that
 * stood still did not look. Looks are made one at a time.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /** Seconds, one look each, before a step counts as stuck; a slow disk is waited for in one. */
  static final int LEAST_PATIENCE = 120;

  /** Longer where steps were long: so many times the longest. */
  private static final int LONGEST_STEPS = 20;

  /** Looks between two tries to load one. */
  private static final int RETRY = 30;

  private final Engines engines;
  private final Fresh fresh;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("engine-watch").daemon().factory());

  // confined to looks
  private final Map<Engine, Seen> seen = new HashMap<>();

  /** Loads one more engine; may take long. */
  @FunctionalInterface
  interface Fresh {
    /**
     * One that does what another one did.
     *
     * @param index its place among the engines
     */
    Engine like(Engine before, int index) throws IOException;
  }

  /** Which step an engine was in, and for how many looks. */
  private record Seen(long step, int looks) {}

  Watchdog(Engines engines, Fresh fresh) {
    this.engines = engines;
    this.fresh = fresh;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing fails there
  void start() {
    thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /** Looks once. What is thrown would end the looking. */
  synchronized void look() {
    for (int i = 0; i < engines.all().size(); i++) {
      try {
        look(i, engines.all().get(i));
      } catch (RuntimeException | Error e) {
        log.error("An engine could not be looked at", e);
      }
    }
  }

  private void look(int index, Engine engine) {
    long step = engine.step();
    Seen before = seen.getOrDefault(engine, new Seen(step, 0));
    int looks = before.step == step ? before.looks + 1 : 1;
    seen.put(engine, new Seen(step, looks));
    if (engine.failure().isPresent()) {
      if (looks % RETRY == 1) {
        replace(index, engine, engine.failure().get());
      }
    } else if (step != Engine.IN_NO_STEP && looks > patience(engine)) {
      log.error("A step of the engine has not ended for {} seconds: it is given up", looks);
      seen.put(engine, new Seen(step, 0)); // tried again where that fails
      replace(
          index,
          engine,
          new ModelException("A step of the model did not end within " + looks + " seconds."));
    }
  }

  private static int patience(Engine engine) {
    return Math.max(LEAST_PATIENCE, (int) (LONGEST_STEPS * engine.longestStepSeconds()));
  }

  private void replace(int index, Engine engine, Throwable why) {
    long step = engine.step();
    try {
      Engine other = fresh.like(engine, index);
      if (engine.failure().isEmpty() && engine.step() != step) {
        other.close(); // it went on meanwhile
        return;
      }
      engines.replace(index, other);
      seen.remove(engine);
      log.warn("A fresh engine has taken the place of one that failed");
    } catch (IOException | RuntimeException | Error e) {
      log.error("No fresh engine could be loaded", e);
    }
    engine.retire(why);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    synchronized (this) {
      seen.clear();
    }
  }
}
