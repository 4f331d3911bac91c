package dev.parley.model.training;

import ai.djl.engine.Engine;
import dev.parley.model.training.data.Batches;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns from rows, step by step. What it has is saved now and then, and when it is stopped; begun
 * again with the same rows and options, it goes on there, to the same numbers as if it had never
 * stopped. Confined to the network's thread.
 *
 * @param <R> what is learned from
 */
public final class TrainingRun<R> {
  private final TrainableTransformer network;
  private final Objective<R> objective;
  private final TrainingOptions options;
  private final AdamW optimizer;
  private final Batches<R> batches;
  private final Schedule schedule;
  private final int steps;
  private int done;

  /**
   * Prepares a run.
   *
   * @param rows at least one
   */
  public TrainingRun(
      TrainableTransformer network, Objective<R> objective, List<R> rows, TrainingOptions options) {
    this.network = network;
    this.objective = objective;
    this.options = options;
    this.optimizer = new AdamW(network, options.optimizer());
    this.batches = new Batches<>(rows, objective::group, options.batchSize(), options.seed());
    this.steps = Math.multiplyExact(options.epochs(), batches.stepsPerEpoch());
    int warmUp = (int) Math.round(options.warmUp() * steps);
    this.schedule = new Schedule(options.learningRate(), warmUp, steps);
  }

  /** Steps of the whole run. */
  public int steps() {
    return steps;
  }

  /** Steps that were done, those before it was stopped too. */
  public int done() {
    return done;
  }

  /**
   * Goes on where a run stopped that saved there.
   *
   * @param name of the run: data, model and options
   * @return whether there is one
   * @throws dev.parley.model.ModelException where another run saved there
   */
  public boolean resume(Path file, String name) throws IOException {
    Optional<TrainingState> state = TrainingState.load(file, name, network, optimizer);
    state.ifPresent(found -> done = found.steps());
    return state.isPresent();
  }

  /** Saves what was learned so far; the file is whole at any moment. */
  public void save(Path file, String name) throws IOException {
    new TrainingState(done, 0).save(file, name, network, optimizer);
  }

  /**
   * Learns until the end, or until the listener has enough.
   *
   * @return whether the end was reached
   */
  public boolean run(TrainingListener listener) {
    while (done < steps) {
      List<List<R>> epoch = batches.epoch(done / batches.stepsPerEpoch());
      for (int i = done % batches.stepsPerEpoch(); i < epoch.size(); i++) {
        if (!listener.stepped(step(epoch.get(i)))) {
          return false;
        }
      }
    }
    return true;
  }

  private TrainingStep step(List<R> rows) {
    long began = System.nanoTime();
    Engine.getEngine("PyTorch").setRandomSeed((int) (options.seed() * 1_000_003 + done)); // dropout
    double weight = rows.stream().mapToLong(objective::weight).sum();
    double loss = 0;
    for (List<R> some : Pieces.of(rows, objective::tokens, options.tokensAtOnce())) {
      double share = some.stream().mapToLong(objective::weight).sum() / weight;
      loss += share * objective.learn(some, share);
    }
    double rate = schedule.rate(done);
    double norm = optimizer.step(rate);
    done++;
    long tokens = rows.stream().mapToLong(objective::tokens).sum();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return new TrainingStep(done, steps, loss, norm, rate, tokens, took);
  }

  /** Measures rows that are not learned from. */
  public Map<String, Double> evaluate(List<R> rows) {
    return objective.evaluate(rows);
  }
}
