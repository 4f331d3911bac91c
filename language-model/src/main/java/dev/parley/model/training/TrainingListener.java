package dev.parley.model.training;

/** Follows a run, on its thread. */
@FunctionalInterface
public interface TrainingListener {
  /**
   * After each step; the next one waits for this.
   *
   * @return whether to go on: where not, the run saves what it has and ends
   */
  boolean stepped(TrainingStep step);
}
