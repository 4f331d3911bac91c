package dev.parley.launcher;

import dev.parley.training.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs until Ctrl-C end in its own time: the process stays until this is
 * closed, the last of all. Thread-safe.
 */
final class EndSignal implements StopSignal {
  /** Longer than everything takes that ends in its own time. */
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final CountDownLatch given = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Duration longest;
  private final Runnable heard;

  private EndSignal(Duration longest, Runnable heard) {
    this.longest = longest;
    this.heard = heard;
  }

  /** Listens from now on. */
  static EndSignal listen() {
    return listen(LONGEST_END, () -> {});
  }

  /**
   * Listens from now on.
   *
   * @param longest time that is given for the end
   * @param heard what is done at once when it is time to end
   */
  static EndSignal listen(Duration longest, Runnable heard) {
    EndSignal signal = new EndSignal(longest, heard);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::end, "end"));
    return signal;
  }

  /** Waits until it is time to end. */
  void await() throws InterruptedException {
    given.await();
  }

  /** It is time to end, without anybody having said so. */
  void give() {
    given.countDown();
  }

  @Override
  public boolean given() {
    return given.getCount() == 0;
  }

  private void end() {
    if (ended.getCount() == 0) {
      return;
    }
    give();
    heard.run();
    try {
      ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything has ended. */
  @Override
  public void close() {
    ended.countDown();
  }
}
