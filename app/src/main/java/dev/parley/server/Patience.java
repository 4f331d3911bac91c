package dev.parley.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Drops clients that do not read. Thread-safe. */
final class Patience implements AutoCloseable {
  private final Duration limit;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("patience").factory());

  Patience(Duration limit) {
    this.limit = limit;
    clock.setRemoveOnCancelPolicy(true); // there is one for every piece of text
  }

  /** Something that writes to a client. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /**
   * Writes on this thread. The JDK's server has no time limit for a single write: where it takes
   * too long the thread is interrupted, which closes the channel it waits for.
   *
   * @throws IOException where the client is gone, or was dropped
   */
  void write(Writing writing) throws IOException {
    Future<?> end =
        clock.schedule(Thread.currentThread()::interrupt, limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      writing.run();
    } finally {
      if (!end.cancel(false)) {
        Thread.interrupted(); // it has done its work
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
