package dev.parley.model.ranking;

/** Follows a ranker's training, on its thread. */
@FunctionalInterface
public interface EpochListener {
  /**
   * After each epoch; the next one waits for this.
   *
   * @param epoch how many are done
   * @param epochs of the whole training
   * @param loss mean over the epoch, in nats
   * @return whether to go on: where not, training ends with what was learned
   */
  boolean finished(int epoch, int epochs, double loss);
}
