package dev.parley.launcher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs until Ctrl-C end in its own time: the process stays until this is
 * closed, the last of all. Thread-safe.
 */
final class EndSignal implements AutoCloseable {
  /** Longer than everything takes that ends in its own time. */
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final CountDownLatch given = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Listens from now on. */
  static EndSignal listen() {
    EndSignal signal = new EndSignal();
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

  private void end() {
    give();
    try {
      ended.await(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
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
