package dev.parley.queue;

/**
 * How much may wait and run.
 *
 * @param waitingPerPerson most requests of one person that wait
 * @param runningPerPerson most requests of one person that run at once
 * @param waiting most requests that wait in all
 */
public record QueueLimits(int waitingPerPerson, int runningPerPerson, int waiting) {
  public static final QueueLimits DEFAULT = new QueueLimits(20, 2, 1_000);

  public QueueLimits {
    if (waitingPerPerson < 1 || runningPerPerson < 1 || waiting < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }
}
