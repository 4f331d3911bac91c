package dev.parley.model.remote;

import java.time.Duration;

/** The time of a pool's watches, which goes on when the test says so. */
final class Ticks implements Pause {
  private final int watches;
  private int waiting;
  private long round;

  Ticks(int watches) {
    this.watches = watches;
  }

  @Override
  public synchronized void await(Duration time) throws InterruptedException {
    long mine = round;
    waiting++;
    notifyAll();
    while (round == mine) {
      wait();
    }
  }

  /** Lets every watch look once, and returns when all have looked. */
  synchronized void tick() throws InterruptedException {
    allWait();
    waiting = 0;
    round++;
    notifyAll();
    allWait();
  }

  private void allWait() throws InterruptedException {
    while (waiting < watches) {
      wait();
    }
  }
}
