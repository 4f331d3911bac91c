package dev.parley.core;

import dev.parley.learning.Trainer;
import dev.parley.learning.TrainingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** "Trains" as a test says. Thread-safe. */
final class ScriptedTrainer implements Trainer {
  private final List<String> asked = new ArrayList<>(); // guarded by this
  private volatile State state = new State.Idle();
  private volatile Optional<byte[]> picture = Optional.empty();

  static TrainingPlan plan(long free) {
    return new TrainingPlan(
        12, 5, 2, 40, 3_200, Duration.ofMinutes(7), 900_000_000, free * 1_000_000);
  }

  void is(State now) {
    state = now;
  }

  void draws(byte[] png) {
    picture = Optional.of(png);
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public synchronized void plan(Kind kind) {
    asked.add("plan " + kind.key());
    state = new State.Planned(kind, plan(4_000));
  }

  @Override
  public synchronized void begin() {
    asked.add("begin");
    state = new State.Running(Kind.ALL, "sft", 0, 0, Optional.empty(), false);
  }

  @Override
  public synchronized void stop() {
    asked.add("stop");
    state = new State.Stopped(Kind.ALL);
  }

  @Override
  public Optional<byte[]> picture() {
    return picture;
  }

  @Override
  public void close() {}
}
