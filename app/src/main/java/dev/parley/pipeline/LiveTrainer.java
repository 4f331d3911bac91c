package dev.parley.pipeline;

import dev.parley.learning.Trainer;
import dev.parley.learning.Version;
import dev.parley.model.ModelException;
import dev.parley.training.RunFolder;
import dev.parley.training.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains versions while people are answered: on a thread of the lowest priority, which also waits
 * between its steps while anybody does. Thread-safe.
 */
public final class LiveTrainer implements Trainer {
  private static final Logger log = LoggerFactory.getLogger(LiveTrainer.class);

  /** How often it looks whether people still wait. */
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A step ends within it on most machines; where it does not, what was saved last counts. */
  private static final long LONGEST_END_SECONDS = 10;

  private final VersionTraining training;
  private final BooleanSupplier busy;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made =
                new Thread(
                    () -> {
                      LowPriority.take();
                      task.run();
                    },
                    "training");
            made.setDaemon(true);
            return made;
          });

  private volatile State state = new State.Idle();
  private volatile @Nullable Pipeline pipeline;
  private volatile boolean stopped;
  private volatile boolean waiting;

  /**
   * Makes one.
   *
   * @param busy whether people wait or are being answered
   */
  public LiveTrainer(VersionTraining training, BooleanSupplier busy) {
    this.training = training;
    this.busy = busy;
    try {
      training.cleanUp();
    } catch (IOException e) {
      log.warn("What was left of a training that was killed could not be removed", e);
    }
  }

  @Override
  public State state() {
    Pipeline now = pipeline;
    if (state instanceof State.Running running && now != null) {
      StageProgress progress = StageProgress.read(new RunFolder(now.stageFolder()).metrics());
      return new State.Running(
          running.kind(), now.stage(), progress.step(), progress.of(), progress.left(), waiting);
    }
    return state;
  }

  @Override
  public synchronized void plan(Kind kind) {
    if (isAtWork()) {
      return;
    }
    stopped = false;
    state = new State.Planning(kind);
    thread.execute(() -> attempt(kind, () -> planned(kind)));
  }

  @Override
  public synchronized void begin() {
    Kind kind =
        switch (state) {
          case State.Planned planned -> planned.kind();
          case State.Stopped was -> was.kind();
          default -> null;
        };
    if (kind == null) {
      return;
    }
    stopped = false;
    pipeline = null; // what it showed was the last one's
    state = new State.Running(kind, "", 0, 0, Optional.empty(), false);
    thread.execute(() -> attempt(kind, () -> trained(kind)));
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (!isAtWork()) {
      state = new State.Idle();
    }
  }

  private boolean isAtWork() {
    return state instanceof State.Running || state instanceof State.Planning;
  }

  /** Does something that may fail, and takes over where it leads. */
  private void attempt(Kind kind, Work work) {
    State next;
    try {
      next = work.todo();
    } catch (ModelException | IOException e) {
      log.warn("Training {} came to nothing", kind.key(), e);
      next = new State.Failed(kind, String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      log.error("Training {} failed", kind.key(), e);
      next = new State.Failed(kind, e.getClass().getSimpleName());
    }
    synchronized (this) {
      state = next;
    }
  }

  /** What leads to the next state. */
  private interface Work {
    State todo() throws IOException;
  }

  private Pipeline prepared(Kind kind) throws IOException {
    PrintStream out = new PrintStream(new LogLines(), true, StandardCharsets.UTF_8);
    return training.prepare(kind, List.of(), out, false);
  }

  private State planned(Kind kind) throws IOException {
    Pipeline prepared = prepared(kind);
    if (prepared.isEmpty()) {
      return new State.NothingToLearn(kind);
    }
    State next = new State.Planned(kind, prepared.plan());
    return stopped ? new State.Idle() : next;
  }

  /** From what people allow now: whoever took it back since the plan is in it no more. */
  private State trained(Kind kind) throws IOException {
    Pipeline now = prepared(kind);
    if (now.isEmpty()) {
      return new State.NothingToLearn(kind);
    }
    pipeline = now;
    Optional<Pipeline.Outcome> outcome = now.run(Signal::new);
    if (outcome.isEmpty()) {
      return new State.Stopped(kind);
    }
    Version version = training.keep(kind, now, outcome.get());
    log.info("Version {}\n{}", version.name(), outcome.get().report().table());
    return new State.Ended(kind, version.name());
  }

  /** Lets people go first, for as long as any wait. */
  private final class Signal implements StopSignal {
    @Override
    public boolean given() {
      waiting = true;
      while (!stopped && busy.getAsBoolean()) {
        LockSupport.parkNanos(GLANCE_NANOS);
      }
      waiting = false;
      return stopped;
    }

    @Override
    public void close() {
      waiting = false;
    }
  }

  @Override
  public Optional<byte[]> picture() {
    Pipeline now = pipeline;
    if (now == null) {
      return Optional.empty();
    }
    Path curves = new RunFolder(now.stageFolder()).curves();
    try {
      return Files.exists(curves) ? Optional.of(Files.readAllBytes(curves)) : Optional.empty();
    } catch (IOException e) {
      log.debug("No curves: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Stops after the step that runs; what was learned until then goes on at the next begin. */
  @Override
  public void close() {
    stopped = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        log.info("A step of the training is left: it goes on from what was saved last");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lines that a command would print. */
  private static final class LogLines extends OutputStream {
    private final StringBuilder line = new StringBuilder();

    @Override
    public void write(int b) {
      if (b == '\n') {
        log.info("{}", line);
        line.setLength(0);
      } else if (b != '\r') {
        line.append((char) (b & 0xff));
      }
    }
  }
}
